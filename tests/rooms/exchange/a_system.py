"""One of two whole systems of ours that exchange over loopback: seeded by ``python -m``, then driven act by act.

``python -m tests.rooms.exchange.a_system drive`` runs in the environment of a system, reads acts as lines of JSON and answers each
with one.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

SECRET = "only-for-tests-partner"


def main(words: list[str]) -> None:
    """Without words: offices and one household. Else act by act."""
    django.setup()
    if words:
        for line in sys.stdin:
            name, *given = json.loads(line)
            print(json.dumps(_ACTS[name](*given)), flush=True)
        return
    from jishiyu.foundations.clock import moment_now
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM
    from tests.fixtures import open_offices

    with acting(SYSTEM, moment=moment_now()):
        open_offices()
    register("1")


def agree(name: str, address: str) -> None:
    """Agree with the other system, which has the same tests' secret; both sign, since both have to."""
    from jishiyu.foundations.clock import moment_now
    from jishiyu.foundations.outcomes import sentence
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM
    from jishiyu.partners import queries
    from jishiyu.partners.operations import Terms, agree_with_partner
    from jishiyu.partners.rules import signatures

    origin = address.split("/dci")[0]
    with acting(SYSTEM, moment=moment_now()):
        terms = Terms(
            name, sentence("另一个区", "The other district"), reach="district", fields=("identity",), callbacks=(origin,),
            keys=[signatures.public_jwk(queries.our_key())], purpose="跨区核对", address=address, our_client_id=name,
            our_secret=SECRET,
        )  # fmt: skip
        agree_with_partner(terms, secret=SECRET, actor=SYSTEM, moment=moment_now())


def register(running: str) -> str:
    """Register a household; its file number."""
    from jishiyu.foundations.clock import moment_now
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM
    from jishiyu.registry.operations import register_household
    from tests.fixtures import a_newcomer

    home = a_newcomer(int(running), names=("仇小满", "仇大雪"))
    moment = moment_now()
    with acting(SYSTEM, moment=moment):
        register_household(home, actor=SYSTEM, moment=moment)
    return home.number


def wind(minutes: int) -> None:
    """Let this system's clock go ahead."""
    from jishiyu.foundations.clock import moment_now, wind_to

    wind_to(moment_now() + timedelta(minutes=minutes))


def ask(name: str, own_address: str) -> list[str]:
    """Ask the other system for a person and subscribe to new households; the states after it acknowledged."""
    from jishiyu.foundations.clock import moment_now
    from jishiyu.journeys.exchange_with_partners import asking
    from jishiyu.offices.operations import acting
    from jishiyu.partners import queries
    from tests.fixtures import DESHENG, a_newcomer, a_post

    office, moment, states = a_post("office"), moment_now(), []
    number = a_newcomer(1, names=("仇小满", "仇大雪")).members[0].id_number.text
    with acting(office, moment=moment):
        partner = queries.partner_of(name)
        assert partner is not None
        for action, body in (
            ("search", asking.search_request("idtype-value", {"type": "UIN", "value": number}, moment=moment, purpose="核对")),
            ("subscribe", asking.subscribe_request("REGISTER", {"location": DESHENG}, moment=moment)),
        ):  # fmt: skip
            row = asking.ask(
                partner, action, body, sender_uri=own_address, purpose="核对", actor=office, moment=moment
            )
            states.append(row.state + row.trouble)
    return states


def work() -> int:
    """Tell subscribers the news and run what waits in the queue."""
    from jishiyu.doors.jobs.tasks import run_waiting_jobs
    from jishiyu.foundations.clock import moment_now
    from jishiyu.journeys.exchange_with_partners import notify_subscribers

    notify_subscribers(clock=moment_now)
    return run_waiting_jobs()


def told() -> list[Any]:
    """What came in: action, state, and the household numbers in it."""
    from jishiyu.foundations.clock import moment_now
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM
    from jishiyu.partners.models import Message

    with acting(SYSTEM, moment=moment_now()):
        rows = Message.objects.order_by("received_at")
        return [
            [
                row.outgoing,
                row.action,
                row.state,
                sorted(_numbers(row.answered if row.outgoing else row.asked)),
            ]
            for row in rows
        ]


def _numbers(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["identifier_value"]} if part.get("identifier_type") == "HouseholdNumber" else set()
        return own.union(*(_numbers(one) for one in part.values()))
    return set().union(*(_numbers(one) for one in part)) if isinstance(part, list) else set()


_ACTS = {"agree": agree, "wind": wind, "register": register, "ask": ask, "work": work, "told": told}

if __name__ == "__main__":
    main(sys.argv[1:])
