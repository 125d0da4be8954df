"""Back-pay for a standard raised for days gone by: what each household is owed, and one act that makes it good."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jishiyu.doors.desk.fields import say
from jishiyu.doors.desk.funds.forms import read_month
from jishiyu.doors.desk.listing import listing
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.foundations.money import yuan_text
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.journeys.back_pay import Preview, look_at_back_pay, make_good
from jishiyu.law.queries import pack
from jishiyu.offices.queries import require
from jishiyu.programmes.rules.back_pay import Raise, raises

# A notice comes months after its day, not years.
_BACK = 36


class BackPayForm(forms.Form):
    """A raise, and the last month to make good."""

    rise = forms.ChoiceField(label=gettext_lazy("提高的标准"))
    until = forms.CharField(
        label=gettext_lazy("补到哪个月"), widget=forms.TextInput(attrs={"type": "month"}), max_length=7
    )

    def __init__(self, data: Any, *, found: tuple[Raise, ...], today: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"until": f"{today:%Y-%m}"}, **kwargs)
        self._today = today
        self.fields["rise"].choices = [(_key(one), say(one.say())) for one in found]  # type: ignore[attr-defined]
        self.fields["rise"].widget.attrs["translate"] = "no"  # titles of documents stay as they are
        self._known = {_key(one): one for one in found}

    def clean_until(self) -> date:
        """The month's first day."""
        month = read_month(self.cleaned_data["until"])
        if month > self._today:
            raise forms.ValidationError(gettext("该月尚未开始"))
        return month

    @property
    def chosen(self) -> Raise:
        """The raise that was chosen."""
        return self._known[self.cleaned_data["rise"]]


def _key(one: Raise) -> str:
    return f"{one.parameter}@{one.first:%Y-%m-%d}"


def _form(request: PostRequest, data: Any) -> BackPayForm:
    since = add_months(month_start(request.today), -_BACK)
    found = raises(pack(), since, request.today)
    return BackPayForm(data, found=found, today=request.today)


@never_cache
@require_GET
def back_pay(request: PostRequest) -> HttpResponse:
    """What a raise owes, award by award and month by month, within the post's reach. Changes nothing."""
    require(request.post, "funds.see")
    form = _form(request, request.GET if "rise" in request.GET else None)
    return _shown(form, request)


def _shown(form: BackPayForm, request: PostRequest) -> HttpResponse:
    page: dict[str, Any] = {"form": form, "month": f"{request.today:%Y-%m}"}
    status = 422 if form.errors else 200
    if form.is_valid():
        told = form.chosen
        try:
            found = look_at_back_pay(
                told.parameter, told.first, until=form.cleaned_data["until"], actor=request.post
            )
        except CannotBecause as refusal:
            form.add_error(None, say(refusal.reason))
            status = 422
        else:
            page |= _previewed(found, request)
    return render(request, "desk/funds/back_pay.html", page, status=status)


def _previewed(found: Preview, request: PostRequest) -> dict[str, Any]:
    sums: dict[str, list[int]] = {}
    for one in found.owing:
        line = sums.setdefault(one.item, [0, 0, 0])
        for place, more in enumerate((1, len(one.months), one.owed)):
            line[place] += more
    items = {one.id: one.name for one in pack().items}
    return {
        "preview": found,
        "households": len({one.household for one in found.owing}),
        "lines": [(items[item], *line) for item, line in sums.items()],
        "items": items,
        "listing": listing(found.owing, request),
    }


@require_POST
def make(request: PostRequest) -> HttpResponse:
    """Make the awards that pay it. Done twice, it pays once."""
    require(request.post, "cases.back_pay")
    form = _form(request, request.POST)
    if not form.is_valid():
        return _shown(form, request)
    told, until = form.chosen, form.cleaned_data["until"]
    try:
        with transaction.atomic():
            made = make_good(
                told.parameter, told.first, until=until, actor=request.post, moment=request.moment
            )
    except CannotBecause as refusal:
        messages.error(request, " ".join(say(one) for one in (refusal.reason, refusal.mend) if one))
    else:
        if made.awards:
            messages.success(
                request,
                gettext("已补发：%(h)s 户、%(n)s 个月，共 %(a)s 元，随下一批次发放。")
                % {"h": made.households, "n": made.months, "a": yuan_text(made.amount)},
            )
        else:
            messages.info(request, gettext("没有应补的金额，未作任何改动。"))
    again = urlencode({"rise": form.cleaned_data["rise"], "until": f"{until:%Y-%m}"})
    return redirect(f"{reverse('desk:funds_back_pay')}?{again}")
