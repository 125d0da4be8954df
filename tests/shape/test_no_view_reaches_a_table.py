"""Doors and journeys ask and act through a room's queries and operations; a table is that room's own business."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shape.the_tree import SOURCE, modules

MANAGERS = {"objects", "_default_manager", "_base_manager"}


def reaches(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and words of everything in a page that touches a table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {alias.name for alias in node.names}
            if node.module.startswith("jishiyu.") and (node.module.endswith(".models") or "models" in names):
                yield node.lineno, f"from {node.module} import {', '.join(sorted(names))}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("jishiyu.") and alias.name.endswith(".models"):
                    yield node.lineno, f"import {alias.name}"
        elif isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node.lineno, f".{node.attr}"
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get_model"
        ):
            yield node.lineno, "get_model()"


@pytest.mark.parametrize("part", ["doors", "journeys"])
def test_no_page_reaches_a_table(part: str) -> None:
    found = [
        f"{path}:{line} {words}" for path, tree in modules(SOURCE / part) for line, words in reaches(tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "page",
    [
        "from jishiyu.registry.models import Household",
        "from jishiyu.registry import models",
        "import jishiyu.cases.models",
        "def view(request):\n    return Case.objects.all()",
        "apps.get_model('cases', 'Case')",
    ],
)
def test_the_guard_sees_every_way_in(page: str) -> None:
    assert list(reaches(ast.parse(page))), Path("nothing seen")
