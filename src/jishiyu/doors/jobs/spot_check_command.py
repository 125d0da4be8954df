"""``jishiyu spot-check redraw FILE``: draw again what was published, from the file alone; no database is asked."""

import argparse
import json
from pathlib import Path

from jishiyu.cases.rules.drawing import draw, faults_in_draw, strata_from


def spot_check_command(argv: list[str]) -> int:
    """Verify a published draw. 0 when list, digest, seed and outcome agree, 1 when they do not, 2 for no such file."""
    parser = argparse.ArgumentParser(
        prog="jishiyu spot-check", description="Draw a published spot check again."
    )
    parser.add_argument("what", choices=["redraw"])
    parser.add_argument("file", type=Path)
    given = parser.parse_args(argv)
    try:
        told = json.loads(given.file.read_text(encoding="utf-8"))
        strata, faults = strata_from(told["frame"]), faults_in_draw(told)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"读不了这个文件 · this file cannot be read as a draw: {error!r}")
        return 2
    again = draw(strata, told.get("seed") or "")
    for one in strata:
        drawn = " ".join(again[one.name]) if told.get("seed") else "（种子尚未公布 · no seed yet）"
        print(f"{one.name}: {one.needed}/{len(one.marks)} {drawn}")
    for fault in faults:
        print(f"✗ {fault.say('zh')} · {fault.say('en')}")
    if not faults:
        print("一致 · it holds")
    return 1 if faults else 0
