"""Fills the browser tests' database: offices of the pack, one log-in for each role, and a few cases that wait at a step each."""

from datetime import date, timedelta
from uuid import UUID

import django


def main() -> None:
    """Run as ``python -m tests.browser.seed`` with the environment of the site."""
    django.setup()
    from jishiyu.foundations.clock import moment_now
    from jishiyu.offices.operations import acting, engage
    from jishiyu.offices.rules import SYSTEM
    from tests.fixtures import DESHENG, engage_all, open_offices

    with acting(SYSTEM, moment=moment_now()):
        open_offices()
        engage_all(date(2024, 1, 1))
        # Two go on a visit, each with a telephone.
        engage(
            username=f"colleague.{DESHENG}", name="测试同事", password="only-for-tests-1",
            post_code=f"caseworker.{DESHENG}", first_day=date(2024, 1, 1),
        )  # fmt: skip
    begin_cases()
    publish_one()
    pay_late()
    wait_for_a_visit()


def wait_for_a_visit() -> None:
    """A service of Desheng, granted and waiting to be delivered; its time passes before the tests begin."""
    from django.test.utils import setup_test_environment

    from jishiyu.foundations.clock import moment_now, wind_to
    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM
    from jishiyu.registry.operations import store_households
    from tests.fixtures import a_newcomer
    from tests.journeys.claims import Claim

    setup_test_environment()  # its posts use the desk's own pages, by Django's client
    now = moment_now()
    wind_to(now - timedelta(days=20))
    newcomer = a_newcomer(120, names=("鲁慰问",))
    with acting(SYSTEM, moment=moment_now()):
        store_households([newcomer], recorded_by="system", moment=moment_now())
    claim = Claim(UUID(newcomer.household_id), "ZL06")
    claim.apply()
    claim.walk("deliver")
    wind_to(now)


def pay_late() -> None:
    """A household of December 2021 with two bills: hospital aid, charity short of money, and an insurer that paid later."""
    from datetime import date

    from jishiyu.cases import queries
    from jishiyu.journeys.late_insurance import record_late_payment
    from jishiyu.offices.operations import acting
    from tests.journeys.aided import Aided

    aided = Aided(
        ((date(2021, 6, 1), 60_000, 60_000, 20_000), (date(2021, 9, 1), 50_000, 50_000, 20_000)), running=95
    )
    aided.money("government", 60_000, number="LATE-1")
    aided.money("donation", 5_000, number="LATE-2")
    hospital = aided.grant("ZY03")
    aided.grant("CS01")
    aided.pay()
    with acting(aided.caseworker, moment=aided.now):
        bill = queries.bills_now(hospital.id)[0].bill
        record_late_payment(
            hospital.id, aided.late(12_000, bill=bill), actor=aided.caseworker, moment=aided.now
        )


def publish_one() -> None:
    """A notice of another sub-district that is up when the tests begin."""
    from jishiyu.foundations.clock import moment_now
    from jishiyu.notices import operations as notices
    from jishiyu.offices.operations import acting
    from tests.fixtures import SHICHAHAI
    from tests.rooms.cases.a_case import Street

    street = Street(now=moment_now() - timedelta(days=3), area=SHICHAHAI)
    case = street.apply(99)
    street.to_notice(case)
    with acting(street.caseworker, moment=moment_now()):
        notices.publish(case, actor=street.caseworker, moment=moment_now())


def begin_cases() -> None:
    """Cases of Desheng that wait at one step each: the visit (two more), the notice, the decision; and one that is decided."""
    from jishiyu.cases import operations as cases
    from jishiyu.foundations.clock import moment_now
    from jishiyu.notices import operations as notices
    from jishiyu.offices.operations import acting
    from tests.rooms.cases.a_case import Street

    street = Street(now=moment_now() - timedelta(days=20))
    waiting = {
        step: street.apply(90 + place) for place, step in enumerate(("visit", "notice", "decide", "pay"))
    }
    for running, name in ((101, "田立夏"), (102, "田小满")):  # these wait to be accepted
        street.apply(running, names=(name, "田小寒"))
    for running, name in ((97, "陆谷雨"), (98, "夏立秋")):
        street.to_visit(street.apply(running, names=(name, f"{name[0]}小满")))
    for step, case in waiting.items():
        if step == "visit":
            street.to_visit(case)
            continue
        street.to_notice(case)
        if step == "notice":
            continue
        with acting(street.caseworker, moment=street.now):
            notice = notices.publish(case, actor=street.caseworker, moment=street.now)
        street.pass_days(8)
        with acting(street.caseworker, moment=street.now):
            notices.close(notice.id, actor=street.caseworker, moment=street.now)
        if step == "pay":
            papers = street.papers(case)
            with acting(street.decider, moment=street.now):
                cases.decide(case, outcome="grant", papers=papers, actor=street.decider, moment=street.now)


if __name__ == "__main__":
    main()
