"""Words that doors show from Python are translatable: inside gettext, or a Sentence that has both languages."""

import ast
from collections.abc import Iterator

import pytest

from tests.shape.the_tree import CHINESE, SOURCE, modules

SAYING = {
    *(
        "gettext",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
        "ngettext_lazy",
        "pgettext",
        "pgettext_lazy",
        "_",
    ),
    *("Sentence", "sentence"),
}
# Words that are taken from what somebody typed are not shown.
READING = {
    "replace",
    "strip",
    "rstrip",
    "lstrip",
    "removeprefix",
    "removesuffix",
    "split",
    "startswith",
    "endswith",
    "maketrans",
}
# The command line says both languages in one line; made-up people have Chinese names.
SPOKEN_BY_SCREENS = ("desk", "portal", "threshold", "exchange")


def unsaid(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Chinese literals outside any call that translates them; docstrings are for readers of the code."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    said = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in SAYING | READING
        for inner in ast.walk(node)
    }
    passed = said | docstrings
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed
            and CHINESE.search(node.value)
        ):
            yield node.lineno, node.value


def _name(function: ast.expr) -> str:
    return (
        function.attr
        if isinstance(function, ast.Attribute)
        else function.id
        if isinstance(function, ast.Name)
        else ""
    )


@pytest.mark.parametrize("door", SPOKEN_BY_SCREENS)
def test_what_a_screen_says_can_be_said_in_english(door: str) -> None:
    found = [
        f"{path}:{line} {text!r}"
        for path, tree in modules(SOURCE / "doors" / door)
        for line, text in unsaid(tree)
    ]
    assert found == []


def test_the_guard_sees_an_untranslated_word() -> None:
    page = (
        'def view():\n    """说明"""\n    a = gettext("好")\n    b = Sentence("好", "good")\n    return "坏"'
    )
    assert list(unsaid(ast.parse(page))) == [(5, "坏")]
