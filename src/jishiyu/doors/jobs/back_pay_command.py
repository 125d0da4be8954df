"""``jishiyu back-pay PARAMETER DAY``: what awards owe since a standard was raised for days gone by; with --make, make it good."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from jishiyu.foundations.clock import day_of, moment_now
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, Sentence
from jishiyu.journeys.back_pay import Preview, make_good, preview_back_pay
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM

OK, CANNOT = 0, 2


def back_pay_command(argv: Sequence[str]) -> int:
    """Print every award concerned with its months; ``--make`` then makes the awards that pay them. 2 when it cannot be done."""
    asked = _parser().parse_args(argv)
    moment = moment_now()
    until = asked.until or day_of(moment)
    try:
        with acting(SYSTEM, moment=moment, source="command line"):
            _print(preview_back_pay(asked.parameter, asked.first, until=until, actor=SYSTEM))
            if asked.make:
                made = make_good(asked.parameter, asked.first, until=until, actor=SYSTEM, moment=moment)
                print(
                    f"已补发 made good: {made.awards} · {made.months} 月 months · {yuan_text(made.amount)} 元 yuan"
                )
    except CannotBecause as refused:
        for one in (refused.reason, refused.mend):
            if one is not None:
                print(_both(one), file=sys.stderr)
        return CANNOT
    return OK


def _print(preview: Preview) -> None:
    print(_both(preview.rise.say()))
    for one in preview.owing:
        print(f"{one.number} {one.item}  {yuan_text(one.owed)}")
        for month in one.months:
            print(f"  {_both(month.say())}")
    for one in preview.unclear:
        if one.unclear is not None:
            print(f"{one.number} {one.item}  {_both(one.unclear)}")
    print(
        f"共 in all: {len(preview.owing)} · {yuan_text(preview.amount)} 元 yuan · 由人核定 to judge: {len(preview.unclear)}"
    )


def _both(words: Sentence) -> str:
    return f"{words.say('zh')} · {words.say('en')}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jishiyu back-pay", description=__doc__)
    parser.add_argument("parameter", help="the standard that was raised, as bj.dibao.urban")
    parser.add_argument(
        "first", type=date.fromisoformat, help="the first day of the raised value, as 2023-07-01"
    )
    parser.add_argument(
        "--until", type=date.fromisoformat, help="a day in the last month to make good (today)"
    )
    parser.add_argument("--make", action="store_true", help="make the awards that pay it; without, only look")
    return parser
