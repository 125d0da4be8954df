"""A claim driven through the staff's pages as the posts of a real case would: each step by whose turn it is, on its own form."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.test import Client

from jishiyu.cases.models import Appointment, Award, Case, Delivery, Provider
from jishiyu.cases.queries import procedure_of
from jishiyu.foundations.clock import SHANGHAI, moment_now, wind_to
from jishiyu.foundations.outcomes import sentence
from jishiyu.law.rules.procedures import Step
from jishiyu.notices.models import PublicNotice
from jishiyu.offices.operations import acting, engage, establish_post
from jishiyu.offices.rules import ROLE_NAMES, SYSTEM
from tests.fixtures import DESHENG
from tests.journeys.logged_in import logged_in

# A day for which the pack knows most standards; cases run in the era of 民发〔2021〕57号.
START = datetime(2024, 6, 12, 9, 0, tzinfo=SHANGHAI)
VISIT = {
    "first_visitor": "甲", "second_visitor": "乙", "met_whom": "户主", "agrees": "yes", "findings": "情况属实",
    "signed_by_household": "户主", "living_home": "worn", "living_furnishing": "bare", "living_present": "as_told",
    "living_income": "as_told", "living_neighbours": "agree",
}  # fmt: skip
# What is written for each kind of delivery: when it is arranged, and when it is done.
ARRANGED: dict[str, dict[str, object]] = {
    "visit": {"q_visitors": "测试甲、测试乙", "q_occasion": "festival", "q_gift": "米、油"},
    "legal": {"q_lawyer": "测试律师", "q_matter": "civil"},
    "comfort": {"q_counsellor": "测试咨询师", "q_way": "home", "q_sessions": 6},
    "course": {"q_course": "养老护理员", "q_first_day": "2024-07-01", "q_days": 10},
    "job": {"q_aid": "guidance", "q_adviser": "测试指导员"},
    "care": {"q_carer": "测试康复师", "q_content": "康复训练"},
    "works": {"q_works": "卫生间扶手", "q_first_day": "2024-07-01"},
    "goods": {"q_what": "棉被", "q_unit": "床"},
    "waiver": {"q_by": "测试单位", "q_fee": "rent", "q_from_day": "2024-07-01", "q_to_day": "2025-06-30"},
    "status": {"q_card_no": "D-1", "q_valid_from": "2024-07-01", "q_valid_to": "2025-06-30"},
    "dwelling": {"q_address": "测试小区1号", "q_area": 40},
}
DONE: dict[str, dict[str, object]] = {
    "visit": {"q_met_whom": "户主", "q_found": "近况平稳"},
    "legal": {"q_result": "won", "document": "法援1号"},
    "comfort": {"q_state": "better"},
    "course": {"q_result": "certificate", "q_attended": 10, "document": "证书1号"},
    "job": {"q_result": "introduced"},
    "care": {"q_state": "能自己行走"},
    "works": {"q_accepted_by": "户主", "document": "验收1号"},
    "goods": {"q_signed_by": "户主", "quantity": 2, "amount": "200"},
    "waiver": {"q_notified_on": "2024-06-20", "amount": "600", "document": "减免1号"},
    "status": {"q_signed_by": "户主"},
    "dwelling": {"q_signed_by": "户主", "q_moved_in": "2024-07-01", "document": "合同1号"},
}


def seat_agency(*codes: str) -> None:
    """An officer and a decider in each of these agencies, by the names that ``engage_all`` uses. Inside ``acting``."""
    for code in codes:
        for role in ("agency_officer", "decider"):
            name = f"{role}.{code}"
            title = sentence(f"{ROLE_NAMES[role].zh}{code}", f"{ROLE_NAMES[role].en} {code}")
            establish_post(code=name, role=role, title=title, agency=code)
            engage(
                username=name,
                name=f"测试{name}",
                password=None,
                hashed="!",
                post_code=name,
                first_day=date(2020, 1, 1),
            )


def page(client: Client, address: str) -> str:
    """What a page shows; it must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def act(client: Client, address: str, **told: object) -> None:
    """Post a form that must be taken."""
    answer = client.post(address, told)
    if answer.status_code != 302:
        text = answer.content.decode()
        words = re.findall(r"(?s)alert-danger.*?</ul>|invalid-feedback.*?</div>|jsy-reason.*?</p>", text)
        raise AssertionError((address, answer.status_code, words or text[-3000:]))


def papers_on(text: str) -> list[str]:
    """The papers that a page has boxes for."""
    return re.findall(r'name="papers" value="([a-z0-9_]+)"', text)


@dataclass
class Claim:
    """One household's claim for one item. ``window``: who takes it in, a sub-district's caseworker or an agency's officer."""

    household: UUID
    item: str
    window: str = f"caseworker.{DESHENG}"
    kind: str = ""
    told: dict[str, object] = field(default_factory=dict)
    decided_by: set[str] = field(default_factory=set)

    def apply(self, **more: object) -> None:
        """Hand in the application at the window, with every paper that it asks for."""
        client, address = logged_in(self.window), f"/desk/cases/new/{self.household}/{self.item}/"
        act(client, address, statement="生活困难，申请救助", papers=papers_on(page(client, address)), **more)

    @property
    def case(self) -> Case:
        """The case as it stands."""
        with acting(SYSTEM, moment=moment_now()):
            return Case.objects.select_related("household").get(household_id=self.household, item=self.item)

    @property
    def address(self) -> str:
        """Its page."""
        return f"/desk/cases/{self.case.id}/"

    def step(self) -> Step | None:
        """The step it waits at."""
        row = self.case
        if row.step == "end":
            return None
        with acting(SYSTEM, moment=moment_now()):
            return procedure_of(row).step(row.step)

    def whose(self, step: Step) -> str:
        """The log-in of the post whose turn it is."""
        place = {"lead_agency": self.case.lead_agency_id, "sub_district": DESHENG}.get(step.office, "")
        if step.role == "agency_officer" and step.key == "review":
            return f"agency_officer2.{place}"
        return f"{step.role}.{place}".rstrip(".")

    def walk(self, until: str = "end", **outcomes: str) -> None:
        """Take each step on its first way forward, or on the one named, until the case waits at a step."""
        for _ in range(14):
            step = self.step()
            if step is None or step.key == until:
                return
            # The same officer may not do two apart steps, and days go by.
            wind_to(moment_now() + timedelta(days=1))
            self.take(step, outcomes.get(step.key, step.outcomes[0].key))
        raise AssertionError(f"{self.item} goes round and round")

    def take(self, step: Step, outcome: str) -> None:
        """Take one step by the post whose turn it is."""
        who = self.whose(step)
        client = logged_in(who)
        self.decided_by.add(who)
        why = {"reasons": "经核查不符合条件"} if _needs_reasons(step, outcome) else {}
        match step.key:
            case "visit":
                papers = papers_on(page(client, f"{self.address}visit/"))
                today = moment_now().date().isoformat()
                act(
                    client,
                    f"{self.address}visit/",
                    **VISIT,
                    visited_on=today,
                    outcome=outcome,
                    papers=papers,
                    **why,
                )
            case "notice":
                act(client, f"/desk/notices/case/{self.case.id}/publish/")
                wind_to(moment_now() + timedelta(days=8))
                act(client, f"/desk/notices/{self.notice().id}/close/")
            case "decide":
                papers = papers_on(page(client, f"{self.address}decide/"))
                told = {"reasons": "材料齐全，经核实符合条件", **self.told, **why}
                act(client, f"{self.address}decide/", outcome=outcome, papers=papers, **told)
            case "pay":
                self.pay()
            case "deliver":
                self.deliver(client, step, outcome)
            case _:
                told = {"authorised_by": "户主"} if step.key == "check" else {}
                papers = papers_on(page(client, self.address))
                act(
                    client, f"{self.address}step/", step=step.key, outcome=outcome, papers=papers, **told, **why
                )  # fmt: skip

    def deliver(self, client: Client, step: Step, outcome: str) -> None:
        """Arrange it, appoint a day, keep it, tell what was done, and ask how it was. Or tell why it cannot be."""
        at = f"/desk/services/{self.case.id}/"
        if _needs_reasons(step, outcome):
            act(client, f"{at}not/", outcome=outcome, reasons="家庭已迁出，联系不上")
            return
        text = page(client, f"{at}?kind={self.kind}" if self.kind else at)
        kind = re.search(r'name="kind" value="([a-z]+)"', text)
        assert kind
        act(
            client,
            f"{at}arrange/",
            kind=kind[1],
            provider=self._provider(client, text, kind[1]),
            **ARRANGED[kind[1]],
        )
        delivery = self.delivery()
        if "至少要有一次" in page(client, at):
            today = moment_now().date().isoformat()
            act(
                client,
                f"/desk/services/deliveries/{delivery.id}/appoint/",
                planned_on=today,
                who_goes="测试甲",
                place="家中",
            )
            assert "单春雨" in page(client, "/desk/services/")
            act(
                client,
                f"/desk/services/appointments/{self.appointment().id}/",
                became="kept",
                what_happened="按约进行",
            )
        act(
            client, f"{at}deliver/", outcome=outcome, done_on=moment_now().date().isoformat(), what_was_done="已经办妥",
            papers=[paper.key for paper in step.papers], **DONE[kind[1]],
        )  # fmt: skip
        act(client, f"/desk/services/deliveries/{delivery.id}/satisfaction/", score=5, told_by="户主")

    def _provider(self, client: Client, text: str, kind: str) -> object:
        """A provider where the form needs one; entered in the register first."""
        if '<option value=""' in text.split('name="provider"')[1].split("</select>")[0]:
            return ""
        act(
            client,
            "/desk/services/providers/",
            name=f"测试{kind}中心",
            outside="yes",
            services=[kind],
            phone="010-1",
        )
        with acting(SYSTEM, moment=moment_now()):
            return Provider.objects.get(name=f"测试{kind}中心").id

    def pay(self) -> None:
        """The finance post pays the months until the case's first payment is made."""
        finance = logged_in("finance")
        money = Money(finance)
        money.comes()
        month = moment_now().date().replace(day=1)
        with acting(SYSTEM, moment=moment_now()):
            first = Award.objects.filter(case=self.case).latest("decided_on").first_month
        if first > month:
            wind_to(datetime(first.year, first.month, 5, 10, 0, tzinfo=SHANGHAI))
        act(finance, "/desk/funds/runs/pay/", month=f"{max(first, month):%Y-%m}")

    def notice(self) -> PublicNotice:
        """The notice that hangs out."""
        with acting(SYSTEM, moment=moment_now()):
            return PublicNotice.objects.get(case=self.case, withdrawn_on=None)

    def award(self) -> Award:
        """What was granted."""
        with acting(SYSTEM, moment=moment_now()):
            return Award.objects.filter(case=self.case).latest("decided_on")

    def delivery(self) -> Delivery:
        """What is delivered."""
        with acting(SYSTEM, moment=moment_now()):
            return Delivery.objects.get(case=self.case)

    def appointment(self) -> Appointment:
        """Its appointment to come."""
        with acting(SYSTEM, moment=moment_now()):
            return Appointment.objects.get(delivery__case=self.case, state="planned")


@dataclass
class Money:
    """Government's and donors' money, received by the finance post on its pages."""

    finance: Client

    def comes(self) -> None:
        """A deposit of each kind, large enough for every test."""
        from jishiyu.funds.models import Source

        for kind in ("government", "donation"):
            act(self.finance, "/desk/funds/sources/new/", kind=kind, name_zh=f"来源{kind}", name_en=kind)
            with acting(SYSTEM, moment=moment_now()):
                source = Source.objects.get(kind=kind)
            day = moment_now().date().isoformat()
            act(
                self.finance, "/desk/funds/deposits/new/", source=source.id, amount="1000000", received_on=day,
                document_no=f"{kind}1号", purpose="",
            )  # fmt: skip


def _needs_reasons(step: Step, outcome: str) -> bool:
    return next(one for one in step.outcomes if one.key == outcome).reasons
