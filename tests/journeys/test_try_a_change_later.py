"""A trial that the worker runs: progress, a stop, a failure in words, another attempt, and nothing half kept."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from jishiyu.doors.jobs.tasks import run_waiting_jobs
from jishiyu.journeys import what_if
from jishiyu.journeys.what_if import trying
from jishiyu.journeys.what_if.evidence import Shelf
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from jishiyu.oversight import operations
from jishiyu.oversight.models import WhatIf, WhatIfRun
from jishiyu.registry.operations import register_household
from tests.conftest import NOON
from tests.fixtures import DESHENG, SHICHAHAI, a_newcomer, a_post, engage_all, open_offices
from tests.journeys.logged_in import logged_in

pytestmark = pytest.mark.django_db
DAY = date(2021, 12, 15)
CHANGE = {
    "name": "低保1320", "day": "2021-12-15", "parameter": "bj.dibao.urban", "parameter_value": "1320", "do": "run",
}  # fmt: skip


@pytest.fixture(autouse=True)
def district(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "AT_ONCE", 1)  # a threshold, so that three households go the long way
    with acting(SYSTEM, moment=NOON):
        open_offices()
        engage_all(date(2020, 1, 1))
        for running, (area, wage) in enumerate(
            ((DESHENG, 600_000), (DESHENG, 9_000_000), (SHICHAHAI, 1_200_000)), 1
        ):
            register_household(a_newcomer(running, area=area, wage=wage), actor=SYSTEM, moment=NOON)


def asked() -> UUID:
    office = a_post("office")
    with acting(office, moment=NOON):
        change = {"kind": "parameter", "id": "bj.dibao.urban", "value": "1320"}
        return what_if.begin_trial("低保1320", [change], day=DAY, actor=office, moment=NOON)


def the_run() -> WhatIfRun:
    with acting(SYSTEM, moment=NOON):
        return WhatIfRun.objects.get()


def test_on_screen_it_waits_runs_and_leads_to_its_figures() -> None:
    office = logged_in("office", english=True)
    answer = office.post("/desk/what-if/new/", CHANGE, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/desk/what-if/run/")
    assert "hx-get" in page
    assert "Cancel the trial" in page
    run = the_run()
    assert run.state == "waiting"
    assert str(run.id) in office.get("/desk/what-if/").content.decode()
    assert office.get(f"/desk/what-if/run/{run.id}/progress/").status_code == 200
    run_waiting_jobs()
    run = the_run()
    assert (run.state, run.done) == ("done", 3)
    assert office.get(f"/desk/what-if/run/{run.id}/progress/").headers["HX-Refresh"] == "true"
    assert (
        office.get(f"/desk/what-if/run/{run.id}/").headers["Location"] == f"/desk/what-if/{run.what_if_id}/"
    )
    with acting(SYSTEM, moment=NOON):
        kept = WhatIf.objects.get()
    assert (kept.households, kept.made_by) == (3, "office")
    assert kept.evidence_until == run.evidence_until


def test_stopped_it_keeps_nothing_and_may_be_tried_again() -> None:
    office = logged_in("office", english=True)
    office.post("/desk/what-if/new/", CHANGE)
    run = the_run()
    page = office.post(f"/desk/what-if/run/{run.id}/stop/", follow=True).content.decode()
    assert "nothing was kept" in page
    run_waiting_jobs()
    with acting(SYSTEM, moment=NOON):
        assert not WhatIf.objects.exists()
    office.post(f"/desk/what-if/run/{run.id}/again/")
    run_waiting_jobs()
    assert the_run().state == "done"


def test_stopped_while_it_computes() -> None:
    run_id, office = asked(), a_post("office")

    class StoppedMeanwhile(Shelf):
        def get(self, *args: Any, **kwargs: Any) -> Any:
            with acting(office, moment=NOON):
                operations.stop_run(run_id, actor=office, moment=NOON)
            return super().get(*args, **kwargs)

    what_if.run_trial(run_id, actor=office, clock=lambda: NOON, shelf=StoppedMeanwhile())
    assert the_run().state == "stopped"
    with acting(SYSTEM, moment=NOON):
        assert not WhatIf.objects.exists()


def test_what_cannot_be_run_says_why() -> None:
    run_id, office = asked(), a_post("office")

    class Broken(Shelf):
        def get(self, *_: Any, **__: Any) -> Any:
            raise MemoryError("no room")

    what_if.run_trial(run_id, actor=office, clock=lambda: NOON, shelf=Broken())
    page = logged_in("office", english=True).get(f"/desk/what-if/run/{run_id}/").content.decode()
    assert "A fault of the program" in page
    assert "Try again" in page


def test_a_silent_worker_is_told_and_may_be_asked_again() -> None:
    run_id = asked()
    with acting(SYSTEM, moment=NOON):
        WhatIfRun.objects.filter(pk=run_id).update(asked_at=NOON - timedelta(days=4000))
    office = logged_in("office", english=True)
    assert "Nothing has moved" in office.get(f"/desk/what-if/run/{run_id}/").content.decode()
    office.post(f"/desk/what-if/run/{run_id}/again/")
    assert the_run().state == "waiting"


def test_the_side_before_is_made_once_for_the_same_evidence() -> None:
    office, shelf, reads = a_post("office"), Shelf(), []
    for _ in range(2):
        run_id = asked()
        what_if.run_trial(run_id, actor=office, clock=lambda: NOON, shelf=shelf)
        reads.append(shelf._kept)
    assert reads[0] is reads[1]
    with acting(SYSTEM, moment=NOON):
        register_household(a_newcomer(9, area=DESHENG, wage=700_000), actor=SYSTEM, moment=NOON)
    what_if.run_trial(asked(), actor=office, clock=lambda: NOON, shelf=shelf)
    assert shelf._kept is not reads[0]
    with acting(SYSTEM, moment=NOON):
        assert [one.households for one in WhatIf.objects.order_by("households")] == [3, 3, 4]
        seals = {one.seal for one in WhatIf.objects.filter(households=3)}
    assert len(seals) == 1


def test_others_may_watch_but_not_stop() -> None:
    run_id = asked()
    finance = logged_in("finance")
    assert finance.get(f"/desk/what-if/run/{run_id}/").status_code == 200
    assert finance.post(f"/desk/what-if/run/{run_id}/stop/").status_code == 403
    assert finance.post(f"/desk/what-if/run/{run_id}/again/").status_code == 403
    assert logged_in(f"caseworker.{DESHENG}").get(f"/desk/what-if/run/{run_id}/").status_code == 403
