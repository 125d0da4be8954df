"""``jishiyu pack check [PATH]``: whether a policy pack is sound, and what it does not know."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from config.settings import PACK_DIR
from jishiyu.foundations.clock import day_of, moment_now
from jishiyu.law.rules.check import check_pack, print_findings
from jishiyu.law.rules.faults import BadPack
from jishiyu.programmes.rules.pack_faults import faults_in_tests
from jishiyu.programmes.rules.table_faults import faults_in_tables, warnings_in_tables


def check_command(argv: Sequence[str]) -> int:
    """Print the findings by file; 0 when the pack is valid, 1 when it has errors, each with file, line and key."""
    asked = _parser().parse_args(argv)
    if not asked.path.is_dir():
        print(f"没有这个文件夹 / no such folder: {asked.path}", file=sys.stderr)
        return 1
    try:
        pack, findings = check_pack(asked.path)
        today = day_of(moment_now())
        faults = faults_in_tests(asked.path, today) + faults_in_tables(asked.path, today)
        if faults:
            raise BadPack(faults)
    except BadPack as bad:
        for fault in bad.faults:
            print(fault.say(asked.language), file=sys.stderr)
        print(f"{len(bad.faults)} 处错误 / errors", file=sys.stderr)
        return 1
    print_findings(pack, findings, asked.language, print)
    for warning in warnings_in_tables(pack, today):
        print(warning.sentence.say(asked.language))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jishiyu pack check", description=__doc__)
    parser.add_argument(
        "path", nargs="?", type=Path, default=PACK_DIR, help="the pack's folder (default: the pack in use)"
    )
    parser.add_argument(
        "--language", choices=("zh", "en"), default=_language(), help="default: by the machine's LANG"
    )
    return parser


def _language() -> str:
    chosen = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if chosen.startswith("zh") else "en"
