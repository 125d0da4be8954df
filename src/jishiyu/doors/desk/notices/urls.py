"""Addresses of the notice pages."""

from django.urls import path

from jishiyu.doors.desk.notices import objections, pages

urlpatterns = [
    path("", pages.notices, name="notices_list"),
    path("case/<uuid:case_id>/", pages.of_case, name="notices_of_case"),
    path("case/<uuid:case_id>/publish/", pages.publish, name="notices_publish"),
    path("objections/", objections.inbox, name="notices_objections"),
    path("objections/<uuid:objection_id>/", objections.answer, name="notices_answer"),
    path("<uuid:notice_id>/", pages.notice, name="notices_page"),
    path("<uuid:notice_id>/close/", pages.close, name="notices_close"),
    path("<uuid:notice_id>/object/", objections.take_in, name="notices_object"),
]
