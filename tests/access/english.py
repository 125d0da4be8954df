"""What is not English on a page read in English, and a walk over the pages that a reader can reach."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

# Ideographs, and the full-width signs that go with them.
CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]")
# An official name may stand in brackets beside its English: "minimum living guarantee (低保)".
_BESIDE = re.compile(r"\([^()]*\)")
_READ_ALOUD = ("alt", "aria-label", "content", "data-confirm", "data-label", "placeholder", "title")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What the reader wrote (textarea) and data for scripts are no words of the page.
_NO_WORDS = {"script", "style", "textarea"}


class _Page(HTMLParser):
    """Collects the words outside ``lang="zh"`` and ``translate="no"``, what stands inside, and the links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []
        self.marked: list[str] = []
        self.spoken: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        quiet = given.get("lang", "").startswith("zh") or given.get("translate") == "no" or tag in _NO_WORDS
        if not quiet and not self._silent():
            self.spoken += [given[name] for name in _READ_ALOUD if given.get(name)]
        if tag not in _VOID:
            self.open.append((tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            return
        if self._silent():
            self.marked.append(text)
        else:
            # A title has no inside that could be marked, like an attribute.
            (self.spoken if any(tag == "title" for tag, _quiet in self.open) else self.words).append(text)

    def _silent(self) -> bool:
        return any(quiet for _tag, quiet in self.open)


def not_english(html: str) -> list[str]:
    """The texts of a page that are Chinese though nothing says that they should be.

    A name that the page marks as Chinese somewhere may stand in its title and in attributes as well.
    """
    page = _read(html)
    names = sorted({text for text in page.marked if CHINESE.search(text)}, key=len, reverse=True)
    return [text for text in page.words if _chinese(text)] + [
        text for text in page.spoken if _chinese(_without(text, names))
    ]


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _chinese(text: str) -> bool:
    bare = _BESIDE.sub("", text)
    return CHINESE.search(bare if re.search("[A-Za-z]", bare) else text) is not None


def walk(client: Client, starts: list[str], *, of_each: int = 3) -> Iterator[tuple[str, str]]:
    """(address, page) of the starting points and of what their links lead to, a few of each kind of page."""
    waiting, known, seen = deque(starts), set(starts), Counter[str]()
    while waiting:
        url = waiting.popleft()
        answer: Any = client.get(url)
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        html = answer.content.decode()
        yield url, html
        for link in _read(html).links:
            kind = _kind(link)
            if kind and link not in known and seen[kind] < of_each:
                seen[kind] += 1
                known.add(link)
                waiting.append(link)


def _kind(link: str) -> str | None:
    if not link.startswith("/") or link.startswith("//"):
        return None
    try:
        name = resolve(urlsplit(link).path).view_name
    except Resolver404:
        return None
    return None if name in ("desk:logout", "desk:language", "portal:reading") else name
