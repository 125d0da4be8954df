"""``jishiyu partner list|add|stop``: other systems that exchange with this one over the open interface."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jishiyu.foundations.clock import moment_now
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.partners.operations import FIELDS, GRANTS, Terms, agree_with_partner, stop_partner
from jishiyu.partners.queries import partners

OK, CANNOT = 0, 2


def partner_command(argv: Sequence[str]) -> int:
    """List partners, agree with one (its secret is printed this once), or stop one. 2 when it cannot be done."""
    given = _parser().parse_args(argv)
    moment = moment_now()
    try:
        with acting(SYSTEM, moment=moment, source="command line"):
            if given.act == "list":
                _print_all()
            elif given.act == "stop":
                stop_partner(given.client_id, reason=given.reason, actor=SYSTEM, moment=moment)
                print(f"已停用 stopped: {given.client_id}")
            else:
                row, secret = agree_with_partner(_terms(given), actor=SYSTEM, moment=moment)
                print(f"client_id      {row.client_id}\nclient_secret  {secret}")
                print("密钥只显示这一次 · the secret is shown this once", file=sys.stderr)
    except (CannotBecause, OSError, ValueError) as refused:
        words = _words(refused)
        print("\n".join(words), file=sys.stderr)
        return CANNOT
    return OK


def _words(refused: Exception) -> list[str]:
    if isinstance(refused, CannotBecause):
        told = (refused.reason, refused.mend)
        return [f"{one.say('zh')} · {one.say('en')}" for one in told if one is not None]
    return [f"公钥文件有误 · the file of keys cannot be taken: {refused}"]


def _print_all() -> None:
    for row in partners():
        state = "在用 active" if row.is_active else "停用 stopped"
        print(f"{row.client_id:<20}{state}  {row.name_zh} · {row.name_en}")
        print(f"{'':<20}{row.reach} {row.agency_id or ''}  {' '.join(row.grants)}  | {' '.join(row.fields)}")
        print(f"{'':<20}{row.signatures}, {len(row.keys)} keys, callbacks: {' '.join(row.callbacks) or '-'}")


def _terms(given: Any) -> Terms:
    keys = json.loads(Path(given.keys).read_text(encoding="utf-8")) if given.keys else {"keys": []}
    return Terms(
        client_id=given.client_id,
        name=sentence(given.name, given.name_en or given.name),
        agency=given.agency,
        reach=given.reach,
        grants=given.grants or GRANTS,
        fields=given.fields,
        sender_ids=given.sender_ids,
        callbacks=given.callbacks,
        signatures="checked" if given.may_be_unsigned else "required",
        keys=keys.get("keys", []),
        purpose=given.purpose,
        each_minute=given.each_minute,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="jishiyu partner", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list", help="all partners")
    stop = acts.add_parser("stop", help="answer a partner no more")
    stop.add_argument("client_id")
    stop.add_argument("--reason", required=True)
    add = acts.add_parser("add", help="agree with a partner, or change what was agreed (with a new secret)")
    add.add_argument("client_id")
    add.add_argument("--name", required=True)
    add.add_argument("--name-en", default="")
    add.add_argument("--agency", default="", help="code of the member unit that runs it")
    add.add_argument("--reach", choices=("agency", "district"), default="agency")
    add.add_argument("--grants", nargs="*", choices=GRANTS, help="what it may ask; all when left out")
    add.add_argument(
        "--fields", nargs="*", choices=FIELDS, default=[], help="groups of facts that it is told"
    )
    add.add_argument("--sender-ids", nargs="*", default=[])
    add.add_argument(
        "--callbacks", nargs="*", default=[], help="origins that answers may go to: https://host:port"
    )
    add.add_argument("--keys", default="", help="file with the partner's public JWK set")
    add.add_argument(
        "--may-be-unsigned", action="store_true", help="a signature is checked when there is one"
    )
    add.add_argument("--purpose", default="", help="the purpose that stands for requests that name none")
    add.add_argument("--each-minute", type=int, default=120)
    return parser
