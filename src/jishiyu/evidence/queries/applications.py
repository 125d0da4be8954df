"""Questions about applications that came on line: by number and code for who wrote them, by sub-district for the desk."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jishiyu.evidence.models import PublicApplication as PublicApplication
from jishiyu.evidence.rules.applications import WAITING
from jishiyu.foundations.codes import code_from, same_code
from jishiyu.foundations.fields import index_of
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.queries import within_reach
from jishiyu.offices.rules import Post, require

ID_PURPOSE = "person.id_number"  # the register's own, so that the two can be compared


def application_code(row: PublicApplication) -> str:
    """The code of an application, the same whenever it is asked for; it is nowhere stored."""
    return code_from(index_of(str(row.id), "evidence.application_code"))


def opened_by(number: str, code: str) -> PublicApplication | None:
    """The application of a number if the code is its own, else None."""
    row = PublicApplication.objects.filter(number=number.strip().upper()).first()
    return row if row is not None and same_code(application_code(row), code) else None


def application_of_its_writer(application_id: UUID, *, to_write: bool = False) -> PublicApplication | None:
    """One application by its id, for who has just opened it by its code; ``to_write`` keeps a second window waiting."""
    found = PublicApplication.objects.filter(pk=application_id).select_related("sub_district")
    return (found.select_for_update(of=("self",)) if to_write else found).first()


def applications(post: Post) -> QuerySet[PublicApplication]:
    """What was handed in within the post's reach, the longest waiting first. A draft is nobody's but its writer's."""
    require(post, "evidence.see")
    handed_in = PublicApplication.objects.exclude(sub_district=None).select_related("sub_district")
    return within_reach(handed_in, post, area="sub_district_id")


def inbox(post: Post) -> QuerySet[PublicApplication]:
    """What waits for the desk's answer: the earliest due first."""
    return applications(post).filter(state__in=WAITING).order_by("due_on", "submitted_at")


def application(application_id: UUID, post: Post) -> PublicApplication:
    """One application within reach. Raises NotFound, which never tells whether it exists elsewhere."""
    row = applications(post).filter(pk=application_id).first()
    if row is None:
        raise NotFound(
            "no_such_application",
            sentence(
                "在您的权限范围内没有这份网上申请", "There is no such application on line within your reach"
            ),
        )
    return row


def application_of_case(case_id: UUID) -> PublicApplication | None:
    """The application on line that a case was opened from, as far as the transaction's post sees it."""
    return PublicApplication.objects.filter(case=case_id).first()


def waiting_of_same_person(row: PublicApplication) -> list[PublicApplication]:
    """Other applications of the same identity number for the same item that wait for an answer."""
    if row.id_index is None:
        return []
    same = PublicApplication.objects.filter(id_index=bytes(row.id_index), item=row.item, state__in=WAITING)
    return list(same.exclude(pk=row.pk))


def expired_drafts(today: date) -> QuerySet[PublicApplication]:
    """Drafts whose last day is over."""
    return PublicApplication.objects.filter(Q(expires_on__lt=today), state="draft")
