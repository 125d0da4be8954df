"""An insurer paid after the aid: what it would change is shown first; recorded, it revises the chains and proposes what comes back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jishiyu.cases import operations, queries
from jishiyu.cases.operations import Told
from jishiyu.doors.desk.cases.forms import refused
from jishiyu.doors.desk.fields import DayField, YuanField, say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.identifiers import masked_name
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause, NotYours
from jishiyu.funds.rules.sources import FUND_NAMES
from jishiyu.journeys.late_insurance import Change, foresee_late_payment, record_late_payment
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.programmes.rules.bills import BillChain
from jishiyu.programmes.rules.coordination import KIND_NAMES, ChainLine
from jishiyu.programmes.rules.recovery import INSURANCE
from jishiyu.registry import queries as registry


class LateForm(forms.Form):
    """Which bill, which insurance, how much, who paid, when, by which document."""

    bill = forms.ChoiceField(label=gettext_lazy("医疗票据"))
    kind = forms.ChoiceField(label=gettext_lazy("保险种类"))
    amount = YuanField(label=gettext_lazy("理赔金额"), required=True)
    insurer = forms.CharField(label=gettext_lazy("保险机构"), max_length=80)
    paid_on = DayField(label=gettext_lazy("到账日期"))
    document_no = forms.CharField(label=gettext_lazy("理赔单据编号"), max_length=80)

    def __init__(self, data: Any, *, bills: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(kind, say(KIND_NAMES[kind])) for kind in INSURANCE]  # type: ignore[attr-defined]
        self.fields["bill"].choices = bills  # type: ignore[attr-defined]
        if not bills:
            del self.fields["bill"]

    def told(self) -> Told:
        """What was typed, as the act takes it."""
        return Told(**{"bill": "", **self.cleaned_data})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chain before and after."""

    line: ChainLine
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One award as the payment would change it."""

    change: Change
    name: Any
    rows: list[Row]
    recover: list[tuple[Any, int]]


@never_cache
@require_http_methods(["GET", "POST"])
def late(request: PostRequest, case_id: UUID, award_id: UUID) -> HttpResponse:
    """Ask, show what it would change, and record it when the caseworker says so."""
    require(request.post, "cases.note_late_insurance")
    row = operations.look(case_id, actor=request.post)
    award = queries.award(award_id, request.post)
    if award.case_id != row.id:
        return redirect("desk:cases_page", case_id=case_id)
    bills = queries.bills_now(award_id)
    form = LateForm(request.POST or None, bills=[(one.bill, _bill_words(row, one)) for one in bills])
    changes: tuple[Change, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "record":
                with transaction.atomic():
                    done = record_late_payment(
                        award_id, form.told(), actor=request.post, moment=request.moment
                    )
                messages.success(request, _said(done))
                return redirect("desk:cases_page", case_id=case_id)
            changes = foresee_late_payment(award_id, form.told(), actor=request.post, moment=request.moment)
        except NotYours:
            raise
        except CannotBecause as refusal:
            refused(form, refusal)
    shown = {
        "case": row,
        "award": award,
        "item": pack().item(award.item),
        "form": form,
        "chain": queries.chain_now(award_id),
        "changes": [_shown(one) for one in changes],
        "reading": pack().district.coordination.recoveries,
    }
    return render(request, "desk/cases/late.html", shown, status=422 if form.errors else 200)


def _bill_words(row: Any, one: BillChain) -> str:
    names = {str(member.person_id): member.person.name for member in registry.members(row.household_id)}
    return gettext("%(day)s %(who)s %(sum)s元") % {
        "day": one.chain[0].first,
        "who": masked_name(names.get(one.person, "")),
        "sum": yuan_text(one.chain[0].amount),
    }


def _shown(change: Change) -> Shown:
    before: dict[tuple[str, str], int] = {}
    for line in change.before:
        key = (line.kind, line.label.zh)
        before[key] = before.get(key, 0) + line.amount
    after: dict[tuple[str, str], int] = {}
    lines: dict[tuple[str, str], ChainLine] = {}
    for line in (*change.chain, *change.before):
        lines.setdefault((line.kind, line.label.zh), line)
    for line in change.chain:
        key = (line.kind, line.label.zh)
        after[key] = after.get(key, 0) + line.amount
    order = sorted(lines, key=lambda key: list(KIND_NAMES).index(lines[key].kind))
    rows = [Row(lines[key], before.get(key, 0), after.get(key, 0)) for key in order]
    recover = [(FUND_NAMES[one.fund], one.recover) for one in change.owed if one.less]
    return Shown(
        change, pack().item(change.award.item).name, [one for one in rows if one.before or one.after], recover
    )


def _said(changes: tuple[Change, ...]) -> str:
    owed = sum(sum(one.recover.values()) for one in changes)
    if owed:
        return gettext("已登记。应退还%(sum)s元，待审批岗位确认。") % {"sum": yuan_text(owed)}
    return gettext("已登记，救助衔接链已修订；没有需要退还的款项。")
