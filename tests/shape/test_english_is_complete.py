"""Every text of the screens has its English, with the same places to fill."""

from pathlib import Path

import pytest

from tests.shape.the_tree import ROOT
from tools import messages


def test_every_text_has_its_english() -> None:
    assert messages.problems() == []


def test_catalogues_are_as_make_messages_writes_them() -> None:
    stale = [
        str(texts.po.relative_to(ROOT))
        for texts in messages.collect()
        if not texts.po.exists() or texts.po.read_text(encoding="utf-8") != messages.catalogue(texts)[0]
    ]
    assert stale == [], "run make messages"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "a.html",
            '{% translate "家庭" %} {% translate "户主" context "人" %}',
            {(None, "家庭"), ("人", "户主")},
        ),
        ("b.html", "{% blocktranslate %}共 {{ n }} 户{% endblocktranslate %}", {(None, "共 %(n)s 户")}),
        (
            "c.html",
            "{% blocktranslate count n=n %}{{ n }} 户{% plural %}{{ n }} 户家庭{% endblocktranslate %}",
            {(None, ("%(n)s 户", "%(n)s 户家庭"))},
        ),
        (
            "d.html",
            '  <p title="{% translate \'说“好”\' %}">{{ _("姓名") }}</p>',
            {(None, "说“好”"), (None, "姓名")},
        ),
        ("e.html", '{% include "x" with title=_("标题") %}\n{% if a == "b" %}x{% endif %}', {(None, "标题")}),
        (
            "f.html",
            "{% blocktranslate trimmed %}\n  第一行\n  第二行\n{% endblocktranslate %}",
            {(None, "第一行 第二行")},
        ),
        (
            "g.py",
            'from x import gettext as _\n_("保存")\nngettext("%d 户", "%d 户家庭", 2)',
            {(None, "保存"), (None, ("%d 户", "%d 户家庭"))},
        ),
    ],
)
def test_texts_are_found(tmp_path: Path, name: str, content: str, expected: set[object]) -> None:
    page = tmp_path / name
    page.write_text(content, encoding="utf-8")
    assert set(messages.texts_in(page)) == expected
