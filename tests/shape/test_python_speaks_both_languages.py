"""Words that doors show from Python are translatable: inside gettext, or a Sentence that has both languages.

A line may say both at once ("中文 · English"). Words that are data and no speech (a cell of a workbook, a document's sign)
carry the comment ``# as is: why``.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.shape.the_tree import CHINESE, SOURCE, texts

GETTEXT = "gettext gettext_lazy gettext_noop ngettext ngettext_lazy pgettext pgettext_lazy npgettext npgettext_lazy _"
SAYING = {*GETTEXT.split(), "Sentence", "sentence"}
# Words that are looked for in what somebody typed are not shown.
TYPED = "replace strip rstrip lstrip removeprefix removesuffix split startswith endswith maketrans"
READING = {*TYPED.split()}
BOTH = re.compile("[\u3400-\u9fff].* [·/] .*[A-Za-z]{2}", re.DOTALL)
# The command line says both languages in one line; made-up people have Chinese names.
SPOKEN_BY_SCREENS = ("desk", "portal", "threshold", "exchange")


def unsaid(page: str) -> Iterator[tuple[int, str]]:
    """Chinese literals outside any call that translates them; docstrings are for readers of the code."""
    tree, lines = ast.parse(page), page.splitlines()
    passed = _said(tree) | _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            marked = "# as is:" in lines[node.lineno - 1]
            if CHINESE.search(node.value) and not BOTH.search(node.value) and not marked:
                yield node.lineno, node.value


def _said(tree: ast.Module) -> set[int]:
    calls = (
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in SAYING | READING
    )
    return {id(inner) for call in calls for inner in ast.walk(call)}


def _docstrings(tree: ast.Module) -> set[int]:
    owners = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    first = (node.body[0] for node in ast.walk(tree) if isinstance(node, owners) and node.body)
    return {id(statement.value) for statement in first if isinstance(statement, ast.Expr)}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


@pytest.mark.parametrize("door", SPOKEN_BY_SCREENS)
def test_what_a_screen_says_can_be_said_in_english(door: str) -> None:
    pages = texts(".py", under=SOURCE / "doors" / door)
    found = [f"{path}:{line} {text!r}" for path, page in pages for line, text in unsaid(page)]
    assert found == [], 'use gettext, a Sentence, "中文 · English", or say why not: # as is: …'


def test_the_guard_sees_an_untranslated_word() -> None:
    page = (
        'def view():\n    """说明"""\n    a = gettext("好")\n    b = Sentence("好", "good")\n    return "坏"'
    )
    assert list(unsaid(page)) == [(5, "坏")]
    assert list(unsaid('a = "好 · good"\nb = "好"  # as is: a cell')) == []
