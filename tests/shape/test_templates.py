"""Templates keep the strict content security policy, and every visible word of theirs can be said in English."""

import re
from collections.abc import Iterator

import pytest

from tests.shape.the_tree import CHINESE, SOURCE, texts

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']?javascript:", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "something from another host": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}
SAID = re.compile(
    r"{#.*?#}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*block(?:trans|translate)\b.*?{%\s*endblock(?:trans|translate)\s*%}"
    r"|{%\s*(?:trans|translate)\b.*?%}"
    r"|\b_\(\s*(?:\"[^\"]*\"|'[^']*')\s*\)"
    # A word that names its own language, as in the language switch.
    r"|<(\w+)[^>]*\blang=\"zh[^>]*>[^<]*</\1>",
    re.DOTALL,
)


def faults(template: str) -> Iterator[str]:
    """What is wrong with a template, in words."""
    written = re.sub(r"{%.*?%}|{{.*?}}", "", template, flags=re.DOTALL)
    for name, pattern in INLINE.items():
        if match := pattern.search(written):
            yield f"{name}: {match[0][:60]!r}"
    if match := CHINESE.search(left := SAID.sub("", template)):
        yield f"Chinese outside a translate tag: {left[max(0, match.start() - 20) : match.start() + 20]!r}"


def test_templates_hold_no_inline_code_and_no_untranslatable_word() -> None:
    found = [f"{path}: {fault}" for path, text in texts(".html", under=SOURCE) for fault in faults(text)]
    assert found == []


@pytest.mark.parametrize(
    "template",
    [
        '<p style="color:red">x</p>',
        "<style>p{}</style>",
        "<a onclick='x()'>x</a>",
        "<script>alert(1)</script>",
        '<script src="//elsewhere/x.js"></script>',
        "<p>家庭</p>",
        '{{ name|default:"家庭" }}',
        '<input placeholder="姓名">',
    ],
)
def test_the_guard_sees_a_fault(template: str) -> None:
    assert list(faults(template))


@pytest.mark.parametrize(
    "template",
    [
        '<p>{% translate "家庭" %}</p>',
        "{% blocktranslate with n=count %}共 {{ n }} 户{% endblocktranslate %}",
        '<script src="{% static "desk/desk.js" %}" defer></script>',
        '<script type="application/json" id="x">{}</script>',
        '{% include "x.html" with title=_("家庭") %}',
        '<span lang="zh">中文</span>',
        "{# 家庭 #}",
        "<option{% if one == 1 %} selected{% endif %}>1</option>",
    ],
)
def test_the_guard_lets_good_templates_pass(template: str) -> None:
    assert list(faults(template)) == []


def test_scripts_hold_no_chinese() -> None:
    spoken = [
        f"{path}: {match[0]}"
        for path, text in texts(".js", under=SOURCE)
        if (match := CHINESE.search(_code(text)))
    ]
    assert spoken == [], "words come from the template by data attributes, so that they are translated"


def _code(text: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
