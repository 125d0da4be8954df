"""A case for tests, walked by the acts of the rooms as the posts of a real case would."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from jishiyu.cases import operations, queries
from jishiyu.cases.operations import Application, VisitRecord
from jishiyu.cases.rules.basis import Basis, Condition
from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import sentence
from jishiyu.notices import operations as notices
from jishiyu.offices.operations import acting
from jishiyu.offices.rules import Post
from jishiyu.programmes.rules.coordination import Cover, coordinate
from jishiyu.registry.operations import register_household
from jishiyu.registry.queries import latest_snapshot
from tests.fixtures import DESHENG, a_newcomer, a_post

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
NEED, INSURANCE, AID = 200_000, 40_000, 150_000


def a_basis(item: str = "ZK01", *, entitled: str = "yes", computed: bool = True) -> Basis:
    """What the rules could have said: a need, insurance, government aid, and a rest."""
    covers = [Cover("basic_insurance", INSURANCE), Cover("government", AID, "649号令")]
    return Basis(
        item=item,
        entitled=entitled,  # type: ignore[arg-type]
        conditions=(
            Condition(
                sentence("收入", "income"), entitled == "yes", sentence("低于标准", "below"), "649号令"
            ),
        ),
        chain=coordinate(NEED, covers) if computed else (),
        form="cash",
        frequency="monthly" if item == "ZK01" else "once",
        day=date(2026, 11, 24),
        pack_version="test",
    )


VISIT = VisitRecord(
    visited_on=date(2026, 11, 24),
    first_visitor="测试甲",
    second_visitor="测试乙",
    met_whom="户主",
    living={"home": "worn"},
    findings="情况属实",
    agrees=True,
    signed_by_household="户主",
)
# The papers that the shipped procedure asks for, step by step, are ticked by name.
REQUIRED = {"apply": ("application", "id_and_hukou", "means_statement")}


@dataclass
class Street:
    """The posts of one sub-district and of the lead agency, and the moment, which a test moves on."""

    now: datetime = MORNING
    area: str = DESHENG
    caseworker: Post = field(init=False)
    reviewer: Post = field(init=False)
    head: Post = field(init=False)
    decider: Post = field(init=False)
    finance: Post = field(init=False)

    def __post_init__(self) -> None:
        self.caseworker = a_post("caseworker", area=self.area)
        self.reviewer = a_post("reviewer", area=self.area)
        self.head = a_post("sub_district_head", area=self.area)
        self.decider = a_post("decider")
        self.finance = a_post("finance")

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self.now += timedelta(days=days)

    def apply(
        self,
        running: int,
        *,
        item: str = "ZK01",
        basis: Basis | None = None,
        names: tuple[str, ...] = ("单春雨", "王小满"),
    ) -> UUID:
        """Register a household and open its case."""
        with acting(self.caseworker, moment=self.now):
            household = register_household(
                a_newcomer(running, area=self.area, names=names), actor=self.caseworker, moment=self.now
            )
            snapshot = latest_snapshot(household)
            assert snapshot is not None
            application = Application(
                household, item, snapshot.id, basis or a_basis(item), REQUIRED["apply"], "生活困难"
            )
            return operations.apply(application, actor=self.caseworker, moment=self.now).id

    def papers(self, case_id: UUID) -> tuple[str, ...]:
        """All papers that the present step asks for."""
        with acting(self.finance, moment=self.now):
            row = queries.case(case_id, self.finance)
            return tuple(paper.key for paper in queries.procedure_of(row).step(row.step).papers)

    def step_of(self, case_id: UUID) -> str:
        """Where the case is."""
        with acting(self.finance, moment=self.now):
            return queries.case(case_id, self.finance).step

    def to_review(self, case_id: UUID) -> None:
        """As far as the review."""
        self.to_visit(case_id)
        papers = self.papers(case_id)
        visited = replace(VISIT, visited_on=self.now.date())
        with acting(self.caseworker, moment=self.now):
            operations.visit(
                case_id, visited, outcome="visited", papers=papers, actor=self.caseworker, moment=self.now
            )

    def to_visit(self, case_id: UUID) -> None:
        """As far as the home visit."""
        papers = self.papers(case_id)
        with acting(self.caseworker, moment=self.now):
            operations.accept(
                case_id, outcome="accepted", papers=papers, actor=self.caseworker, moment=self.now
            )
        papers = self.papers(case_id)
        with acting(self.caseworker, moment=self.now):
            operations.check(
                case_id,
                outcome="within",
                authorised_by="户主",
                papers=papers,
                actor=self.caseworker,
                moment=self.now,
            )

    def to_notice(self, case_id: UUID) -> None:
        """As far as the public notice."""
        self.to_review(case_id)
        self.review(case_id)

    def review(self, case_id: UUID) -> None:
        """The review, which proposes to grant."""
        papers = self.papers(case_id)
        with acting(self.reviewer, moment=self.now):
            operations.review(
                case_id, outcome="propose_grant", papers=papers, actor=self.reviewer, moment=self.now
            )

    def to_decision(self, case_id: UUID) -> None:
        """As far as the decision: published, and its days over without an objection."""
        self.to_review(case_id)
        self.to_decision_from_review(case_id)

    def to_decision_from_review(self, case_id: UUID) -> None:
        """The rest of that way."""
        self.review(case_id)
        with acting(self.caseworker, moment=self.now):
            published = notices.publish(case_id, actor=self.caseworker, moment=self.now)
        self.pass_days(9)
        with acting(self.caseworker, moment=self.now):
            notices.close(published.id, actor=self.caseworker, moment=self.now)
