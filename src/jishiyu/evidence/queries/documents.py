"""Questions about papers: those of a household or of an application, and what stands in one."""

from collections.abc import Sequence
from uuid import UUID

from jishiyu.evidence.models import Batch as Batch
from jishiyu.evidence.models import Document as Document
from jishiyu.evidence.vault import fetch
from jishiyu.foundations.outcomes import NotFound, sentence
from jishiyu.offices.rules import Post, require


def document(document_id: UUID, post: Post) -> Document:
    """One paper within the post's reach (row security says which: they go with their household). Raises NotFound."""
    require(post, "registry.see")
    row = Document.objects.filter(pk=document_id, batch=None).select_related("sub_district").first()
    if row is None:
        raise NotFound(
            "no_such_document",
            sentence("在您的权限范围内没有这份材料", "There is no such paper within your reach"),
        )
    return row


def documents_of_household(household_id: UUID, post: Post) -> list[Document]:
    """The papers of a household that the post may see, newest first. Say first that the post reaches the household."""
    require(post, "registry.see")
    return list(Document.objects.filter(household=household_id, batch=None))


def documents_of_application(application_id: UUID) -> list[Document]:
    """The papers that came with an application on line, in the order they came."""
    return list(Document.objects.filter(application_id=application_id).order_by("received_at", "title"))


def documents_named(ids: Sequence[UUID], post: Post) -> dict[UUID, Document]:
    """Some papers by their ids, as far as the post may see them: for a record that keeps their ids."""
    require(post, "registry.see")
    return {row.pk: row for row in Document.objects.filter(pk__in=list(ids), batch=None)}


def content_of(row: Batch | Document) -> bytes:
    """The file as it was kept. Raises CannotBecause (``file_lost``)."""
    return fetch(row.id)
