"""A paper of a household or an application, served so that a browser shows it and does nothing else with it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.evidence.operations import look_at_document
from jishiyu.evidence.queries import content_of

# Nothing in it runs, loads, or is loaded: not by the browser, and not on our address.
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'none'"


@never_cache
@require_GET
def document(request: PostRequest, document_id: UUID) -> HttpResponse:
    """One paper, to look at or (``?save=1``) to save. Opening it is a look that the journal keeps."""
    row = look_at_document(document_id, actor=request.post)
    response = HttpResponse(content_of(row), content_type=row.media_type)
    response["Content-Disposition"] = (
        content_disposition_header("save" in request.GET, row.file_name) or "inline"
    )
    response["Content-Security-Policy"] = _ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response
