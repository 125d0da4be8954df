"""A file is a page that can be read in one sitting; a function is a sentence or two."""

import ast

from tests.shape.the_tree import ROOT, modules, texts

LONGEST_FILE = 450
LONGEST_FUNCTION = 60


def test_no_file_is_longer_than_a_sitting() -> None:
    long = [
        f"{path}: {lines} lines"
        for path, text in texts(".py", ".html", ".js", ".css")
        if "migrations" not in path.parts and (lines := text.count("\n")) > LONGEST_FILE
    ]
    assert long == []


def test_no_function_is_longer_than_a_page() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}: {length} lines"
        for folder in ("src", "config", "tools")
        for path, tree in modules(ROOT / folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_room_for_odds_and_ends() -> None:
    vague = [
        str(path)
        for path, _tree in modules(ROOT / "src")
        if path.stem in {"utils", "util", "helpers", "misc", "common"}
    ]
    assert vague == []
