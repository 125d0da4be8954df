"""Awards: of a case, of a household, and those that a month's payment has to pay."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jishiyu.cases.models import Award, Case, ChainLine
from jishiyu.cases.queries.suspended import not_suspended
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.foundations.periods import add_months, month_start
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post

_A_YEAR = 12


def awards(post: Post) -> QuerySet[Award]:
    """The awards that a post reaches, through their cases."""
    rows = within_reach(
        Award.objects.all(), post, area="case__sub_district_id", opened="case__lead_agency_id"
    )
    return rows.select_related("case", "case__applicant", "case__sub_district", "household")


def awards_to_pay(post: Post, month: date) -> QuerySet[Award]:
    """The awards that money is due on in a month: monthly ones that cover it; others from their first month on.

    Whether an award that is due once was paid already is what the room of funds knows. Cases that still wait for their
    announcement are not payable, and nothing is due for a suspended month.
    """
    first = month_start(month)
    monthly = Q(frequency="monthly", first_month__lte=first) & (Q(last_month=None) | Q(last_month__gte=first))
    # An award that ended still owes its last months; a single one ends with its case.
    ended = Q(case__state="ended", frequency="monthly", last_month__isnull=False)
    once = ~Q(frequency="monthly") & Q(first_month__lte=first)
    rows = awards(post).filter(monthly | once, Q(case__state="granted") | ended, form="cash", amount__gt=0)
    rows = not_suspended(rows, first)
    return rows.exclude(case__step="announce").order_by("case__number", "first_month")


def awards_in_months(post: Post, items: Iterable[str], first: date, last: date) -> QuerySet[Award]:
    """The monthly awards of these items that cover any of the months between two (first days, both included)."""
    rows = awards(post).filter(item__in=list(items), frequency="monthly", form="cash", first_month__lte=last)
    return rows.filter(Q(last_month=None) | Q(last_month__gte=first)).order_by("case__number", "first_month")


def nothing_to_pay(post: Post) -> QuerySet[Case]:
    """Cases at their first payment with nothing to pay: granted nothing, or insurance paid it all since."""
    rows = within_reach(Case.objects.all(), post, area="sub_district_id", opened="lead_agency_id")
    return rows.filter(
        Q(awards__amount=0) | Q(awards__revisions__amount=0), step="pay", state="granted"
    ).distinct()


def awards_of_household(household_id: UUID) -> list[Award]:
    """All awards of a household that the transaction's post may see, newest first, with their chains."""
    rows = Award.objects.filter(household_id=household_id).select_related("case").prefetch_related("chain")
    # Of two of one day, the one that runs is the newer: it took the other's place.
    return list(rows.order_by("-decided_on", "-first_month", F("last_month").desc(nulls_first=True)))


def awards_of_case(case_id: UUID) -> list[Award]:
    """The awards decided in a case, newest first, with their chains."""
    rows = Award.objects.filter(case_id=case_id).prefetch_related("chain")
    # Of two of one day, the one that runs is the newer: it took the other's place.
    return list(rows.order_by("-decided_on", "-first_month", F("last_month").desc(nulls_first=True)))


def chain_of(award_id: UUID) -> list[ChainLine]:
    """The chain of an award, need first."""
    return list(ChainLine.objects.filter(award_id=award_id).order_by("position"))


def award(award_id: UUID, post: Post) -> Award:
    """One award within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = awards(post).filter(pk=award_id).first()
    if row is None:
        raise NotFound(
            "no_such_award",
            sentence("在您的权限范围内没有此救助决定", "There is no such award within your reach"),
        )
    return row


def held_items(household_id: UUID, day: date) -> frozenset[str]:
    """The items whose awards to a household are in force on a day, as far as the transaction's post may see.

    A monthly award holds for its months, any other (a card, a yearly grant) for the twelve months from its first.
    """
    month = month_start(day)
    rows = Award.objects.filter(household_id=household_id, case__state="granted", first_month__lte=month)
    monthly = Q(frequency="monthly") & (Q(last_month=None) | Q(last_month__gte=month))
    other = ~Q(frequency__in=("monthly", "once")) & Q(first_month__gt=add_months(month, -_A_YEAR))
    return frozenset(rows.filter(monthly | other).values_list("item", flat=True))
