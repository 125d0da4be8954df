"""Texts of the screens and their English: ``python -m tools.messages update|compile|check``.

The source language is Chinese. Texts are read from templates (``{% translate %}``, ``{% blocktranslate %}``) and from Python
(``gettext("…")``) and kept per Django app in ``locale/en/LC_MESSAGES/django.po``: sorted, without line numbers or dates, so
that a change of the file is always a change of words. GNU gettext is not needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "jishiyu"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_PLACES = re.compile(r"%\([A-Za-z_]\w*\)[#0\- +]*\d*(?:\.\d+)?[sdifg]|%[sdif%]|\{[A-Za-z_]?\w*\}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
# Chinese may stand in English beside its translation, in brackets: "dibao (低保)"; and the language switch says 中文.
_MEANT = re.compile("\\([^)]*[\u4e00-\u9fff]|中文")
_String = str | list[str] | tuple[str, ...]
_Key = tuple[str | None, str | tuple[str, ...]]


@dataclass
class Texts:
    """The texts found in one app, with the file in which each was seen first."""

    app: Path
    found: dict[_Key, Path] = field(default_factory=dict)

    @property
    def po(self) -> Path:
        return self.app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def collect() -> list[Texts]:
    """Every translatable text of the house, by app, apps in order of their path."""
    apps: dict[Path, Texts] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        app = _app_of(path)
        texts = apps.setdefault(app, Texts(app))
        for key in texts_in(path):
            texts.found.setdefault(key, path)
    return [texts for texts in apps.values() if texts.found]


def texts_in(path: Path) -> Iterator[_Key]:
    """The translatable texts of one file."""
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        content = _calls_of_template(content, str(path))
    source = io.BytesIO(content.encode())
    for _line, text, _comments, context in extract("python", source, KEYWORDS, options={"encoding": "utf-8"}):
        yield context, text


def update() -> int:
    """Bring every .po up to date with the sources: known English stays, new texts come empty, unused ones go."""
    collected = collect()
    written = {texts.po: catalogue(texts) for texts in collected}
    for po, (content, _waiting) in written.items():
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_text(content, encoding="utf-8")
    for orphan in set(_all_po()) - written.keys():
        orphan.unlink()
    return sum(waiting for _content, waiting in written.values())


def catalogue(texts: Texts) -> tuple[str, int]:
    """The .po of an app as it should stand, and how many of its texts wait for their English."""
    known = _known_translations()
    own = {
        _key(message): message.string for message in _messages(texts.po) if _complete(message.string)
    }  # an empty plural is a tuple of nothing, which is true
    catalog, waiting = Catalog(locale="en", fuzzy=False), 0
    for context, text in sorted(texts.found, key=lambda key: (str(key[1]), key[0] or "")):
        translation = own.get((context, text)) or known.get((context, text)) or ""
        catalog.add(text, translation, context=context)
        waiting += not _complete(translation)
    return _written(catalog), waiting


def compile_all() -> int:
    """Write the .mo beside every .po."""
    for path in _all_po():
        with path.open("rb") as source:
            catalog = read_po(source, locale="en")
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)
    return len(_all_po())


def problems() -> list[str]:
    """Everything that keeps the English from being complete, one line each, naming file and text."""
    found: list[str] = []
    english: dict[_Key, tuple[_String, Path]] = {}
    for texts in collect():
        messages = {_key(message): message for message in _messages(texts.po)}
        for key, seen_in in texts.found.items():
            where = f"{seen_in.relative_to(ROOT)}: {key[1]!r}"
            message = messages.get(key)
            if message is None or not _complete(message.string):
                found.append(
                    f"{where} has no English (make messages, then fill it in {texts.po.relative_to(ROOT)})"
                )
            elif message.fuzzy:
                found.append(f"{where} is marked fuzzy")
            else:
                found += [f"{where} {fault}" for fault in _faults(message)]
                other, other_po = english.setdefault(key, (message.string or "", texts.po))
                if other != message.string:
                    found.append(f"{where} has another English in {other_po.relative_to(ROOT)}")
    return found


def _faults(message: Message) -> Iterator[str]:
    sources = _strings(message.id)
    wanted = set().union(*(_PLACES.findall(source) for source in sources))
    for translated in _strings(message.string):
        have = set(_PLACES.findall(translated))
        if have - wanted or (wanted - have and len(sources) == 1):
            yield f"has places {sorted(wanted)} but its English has {sorted(have)}"
        if _CHINESE.search(translated) and not _MEANT.search(translated):
            yield "still has Chinese in its English"


def _calls_of_template(content: str, origin: str) -> str:
    # templatize turns a template into lines with calls of gettext; its blanks are no Python, so every line stands alone.
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    lines = templatize(content, origin=origin).splitlines()
    calls = [match for line in lines for match in _CALL.findall(line)]
    return "\n".join(calls)


_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(
    rf"\b(?:gettext|ngettext|pgettext|npgettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})*\s*(?:,\s*count\s*)?\)"
)


def _app_of(path: Path) -> Path:
    for folder in path.parents:
        if (folder / "apps.py").exists():
            return folder
        if folder == SOURCE:
            break
    return SOURCE / "doors" / "threshold"


def _all_po() -> list[Path]:
    return sorted(SOURCE.glob("**/locale/en/LC_MESSAGES/django.po"))


def _messages(po: Path) -> list[Message]:
    if not po.exists():
        return []
    with po.open("rb") as source:
        return [message for message in read_po(source, locale="en") if message.id]


def _known_translations() -> dict[_Key, _String]:
    known: dict[_Key, _String] = {}
    for message in (message for po in _all_po() for message in _messages(po)):
        if message.string and _complete(message.string) and not message.fuzzy:
            known[_key(message)] = message.string
    return known


def _key(message: Message) -> _Key:
    text = tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id
    return message.context, text


def _strings(text: _String | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def _complete(translation: _String | None) -> bool:
    return all(_strings(translation))


def _written(catalog: Catalog) -> str:
    buffer = io.BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, sort_output=True, width=120)
    return _HEADER + buffer.getvalue().decode().strip() + "\n"


def main(arguments: list[str]) -> int:
    """Command line."""
    act = arguments[0] if len(arguments) == 1 else ""
    if act == "update":
        waiting = update()
        compile_all()
        print(f"{len(_all_po())} catalogues up to date; {waiting} texts wait for their English")
    elif act == "compile":
        compile_all()
    elif act == "check":
        found = problems()
        print("\n".join(found) or "every text has its English")
        return 1 if found else 0
    else:
        print("usage: python -m tools.messages update|compile|check", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
