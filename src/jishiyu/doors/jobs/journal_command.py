"""``jishiyu journal verify``: walk the whole journal and name each changed, missing or swapped entry."""

import argparse

from jishiyu.foundations.clock import moment_now
from jishiyu.journal.queries import find_faults, head, seal_at
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM

_SHOWN = 50


def journal_command(argv: list[str]) -> int:
    """Verify the chain; 0 when it holds, 1 when it does not. Prints the head, which should be kept somewhere else.

    Whoever owns the database could write a whole new chain that holds in itself. Only a seal kept outside shows that:
    hand it in with ``--expect``.
    """
    given = _arguments(argv)
    with acting(SYSTEM, moment=moment_now(), source="command line"):
        number, seal = head()
        print(f"日志共 {number} 条 · the journal has {number} entries")
        print(f"末条封印 · head seal: {number}:{seal.hex()}")
        faults = 0
        for fault in find_faults():
            faults += 1
            if faults <= _SHOWN:
                print(f"✗ [{fault.kind}] {fault.number}: {fault.why.say('zh')} · {fault.why.say('en')}")
        if faults > _SHOWN:
            print(f"… 另有 {faults - _SHOWN} 处 · and {faults - _SHOWN} more")
        if given.expect and not _as_expected(given.expect):
            faults += 1
    if faults:
        print(f"日志不完整：{faults} 处 · the journal does not hold: {faults} faults")
        return 1
    print("日志完整 · the journal holds")
    return 0


def _as_expected(expect: tuple[int, bytes]) -> bool:
    number, seal = expect
    if seal_at(number) == seal:
        return True
    print(
        f"✗ [expected] {number}: 第{number}条的封印与外部留存的不符 · entry {number} has another seal than the one kept outside"
    )
    return False


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="jishiyu journal verify", description="Find a changed, missing or swapped entry of the journal."
    )
    parser.add_argument(
        "--expect", type=_numbered_seal, metavar="N:HEX", help="a seal printed earlier and kept elsewhere"
    )
    return parser.parse_args(argv)


def _numbered_seal(text: str) -> tuple[int, bytes]:
    number, _, seal = text.partition(":")
    try:
        found = int(number), bytes.fromhex(seal)
        if len(found[1]) != 32:
            raise ValueError(seal)
        return found
    except ValueError:
        raise argparse.ArgumentTypeError("N:HEX, as printed by this command") from None
