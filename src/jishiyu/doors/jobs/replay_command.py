"""``jishiyu replay CASE-NUMBER``: compute a stored decision's basis, a score or entitlements anew and compare with what was kept."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jishiyu.foundations.canonical import canonical_text
from jishiyu.foundations.clock import moment_now
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.journeys.replay import Awarded, Replay, replay
from jishiyu.law.rules.read import read_pack
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM

SAME, DIFFERS, CANNOT = 0, 1, 2
# What a line of a terminal can hold; the whole is in the hash.
_SHOWN = 160


def replay_command(argv: Sequence[str]) -> int:
    """Print the result with both hashes; 0 the same, 1 it differs, 2 it cannot be computed (with what is missing)."""
    asked = _parser().parse_args(argv)
    try:
        pack = read_pack(asked.pack) if asked.pack else None
        with acting(SYSTEM, moment=moment_now(), source="command line"):
            found = replay(asked.what, actor=SYSTEM, pack=pack)
    except CannotBecause as refused:
        for one in (refused.reason, refused.mend):
            if one is not None:
                print(_both(one), file=sys.stderr)
        return CANNOT
    _print(found)
    return SAME if found.same else DIFFERS


def _print(one: Replay) -> None:
    rests = one.rests_on
    print(_both(one.what))
    print(f"法定日期 day      {rests.day}")
    print(f"证据 evidence     {rests.snapshot}")
    print(f"政策包 pack       {rests.pack_version}")
    if rests.set_version:
        print(f"权重 weights      {rests.set_version}")
    print(f"规则 rules        {rests.rules_version or '?'}")
    for name, value in sorted(one.found.items()):
        print(f"  {name:<14}{_short(value)}")
    print(f"存档哈希 stored   {one.stored_hash}")
    print(f"复算哈希 found    {one.found_hash}")
    for award in one.awards:
        _print_award(award)
    if one.other_rules is not None:
        print(_both(one.other_rules))
    if one.same:
        print("一致 · the same")
        return
    print("不一致 · it differs:")
    for name in one.changed:
        print(f"  {name}: {_short(one.stored.get(name))} → {_short(one.found.get(name))}")


def _print_award(one: Awarded) -> None:
    print(f"决定 award        {one.decided_on}")
    print(f"  政策包 pack     {one.pack_version}")
    print(f"  规则 rules      {one.rules_version or '?'}")
    told = "?" if not one.evidence_digest else "=" if one.same_evidence else "≠"
    print(f"  证据 evidence   {told} {one.evidence_digest}")
    if not one.same_basis:
        print("  决定时的测算与现在不同 · what was computed at the decision is not what is found now")


def _short(value: Any) -> str:
    told = _told(value)
    return told if len(told) <= _SHOWN else f"{told[: _SHOWN - 1]}…"


def _told(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "; ".join(_row(row) for row in value)
    return str(value) if isinstance(value, str | int) else canonical_text(value)


def _row(row: Mapping[str, Any]) -> str:
    """A condition or a line of the chain in few words; names are bilingual, the Chinese one is enough beside its value."""
    named = row.get("name") or row.get("label") or {}
    value = row.get("amount", row.get("met"))
    return f"{named.get('zh', '')}={'?' if value is None else value}"


def _both(words: Sentence) -> str:
    return f"{words.say('zh')} · {words.say('en')}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jishiyu replay", description=__doc__)
    parser.add_argument("what", help="a case's number, or the id of a score or of stored entitlements")
    parser.add_argument(
        "--pack", type=Path, help="the folder of the policy pack that it names, where it is not kept here"
    )
    return parser
