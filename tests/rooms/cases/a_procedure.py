"""A small procedure in the pack's own form, for tests of the walk alone."""

from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.procedures import Limit, Outcome, Procedure, Publicity, Step, StepPaper

W = sentence("某", "some")


def outcome(key: str, next_step: str, *, reasons: bool = False) -> Outcome:
    return Outcome(key=key, name=sentence(key, key), next=next_step, reasons=reasons)  # type: ignore[arg-type]


def step(key: str, role: str, *outcomes: Outcome, office: str = "sub_district", days: int | None = None, unit: str = "working",
         papers: tuple[StepPaper, ...] = ()) -> Step:  # fmt: skip
    limit = Limit(n=days, unit=unit, confidence="recalled") if days else None  # type: ignore[arg-type]
    return Step(
        key=key, name=sentence(key, key), role=role, office=office, limit=limit, papers=papers,  # type: ignore[arg-type]
        outcomes=outcomes, confidence="recalled",
    )  # fmt: skip


PAPER = StepPaper(key="form", name=sentence("申请书", "application form"), required=True)
MAYBE = StepPaper(key="photo", name=sentence("照片", "photograph"), required=False)

PROCEDURE = Procedure(
    items=("ZK01",),
    era="E3",
    status="full",
    name=W,
    instruments=(),
    total=Limit(n=30, unit="working", confidence="recalled"),
    clock_stops=("notice",),
    steps=(
        step("apply", "caseworker", outcome("submitted", "accept"), papers=(PAPER, MAYBE)),
        step("accept", "caseworker", outcome("accepted", "visit"), outcome("refused", "end", reasons=True), days=1),
        step("visit", "caseworker", outcome("done", "review"), days=10),
        step("review", "reviewer", outcome("recommended", "notice"), outcome("back", "visit", reasons=True), days=3),
        step("notice", "caseworker", outcome("clear", "decide"), outcome("upheld", "visit")),
        step(
            "decide", "decider", outcome("granted", "pay"), outcome("refused", "end", reasons=True),
            outcome("back", "review", reasons=True), office="lead_agency", days=10,
        ),
        step("pay", "finance", outcome("paid", "recheck"), office="finance"),
        step("recheck", "caseworker", outcome("goes_on", "recheck"), outcome("over", "end", reasons=True)),
        Step(key="end", name=W, role="caseworker", office="sub_district", limit=None, outcomes=(), confidence="recalled"),
    ),
    publicity=Publicity(published=True, days=7, unit="calendar", confidence="verified"),
    confidence="recalled",
)  # fmt: skip
