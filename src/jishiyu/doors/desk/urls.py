"""The staff's addresses."""

from django.urls import include, path

from jishiyu.doors.desk.applications.documents import document

app_name = "desk"
urlpatterns = [
    path("", include("jishiyu.doors.desk.home.urls")),
    path("desk/find/", include("jishiyu.doors.desk.find.urls")),
    path("desk/work/", include("jishiyu.doors.desk.work.urls")),
    path("desk/notes/", include("jishiyu.doors.desk.notes.urls")),
    path("desk/households/", include("jishiyu.doors.desk.households.urls")),
    path("desk/households/<uuid:household_id>/package/", include("jishiyu.doors.desk.package.urls")),
    path("desk/households/<uuid:household_id>/questions/", include("jishiyu.doors.desk.tell.urls")),
    path("desk/imports/", include("jishiyu.doors.desk.imports.urls")),
    path("desk/funds/", include("jishiyu.doors.desk.funds.urls")),
    path("desk/cases/", include("jishiyu.doors.desk.cases.urls")),
    path("desk/services/", include("jishiyu.doors.desk.services.urls")),
    path("desk/visits/", include("jishiyu.doors.desk.visits.urls")),
    path("desk/checks/", include("jishiyu.doors.desk.checks.urls")),
    path("desk/posts/", include("jishiyu.doors.desk.posts.urls")),
    path("desk/applications/", include("jishiyu.doors.desk.applications.urls")),
    path("desk/documents/<uuid:document_id>/", document, name="documents_page"),
    path("desk/notices/", include("jishiyu.doors.desk.notices.urls")),
    path("desk/afterwards/", include("jishiyu.doors.desk.afterwards.urls")),
    path("desk/oversight/", include("jishiyu.doors.desk.oversight.urls")),
    path("desk/experts/", include("jishiyu.doors.desk.experts.urls")),
    path("desk/what-if/", include("jishiyu.doors.desk.whatif.urls")),
    path("desk/screening/", include("jishiyu.doors.desk.assessment.urls")),
    path("desk/policy/", include("jishiyu.doors.desk.policy.urls")),
]
