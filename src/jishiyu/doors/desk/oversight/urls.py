"""Addresses of the pages that watch over the work."""

from django.urls import path

from jishiyu.doors.desk.oversight import bulletins, journal, meetings, offices, quarters

urlpatterns = [
    path("", quarters.home, name="oversight_home"),
    path("export/", quarters.export, name="oversight_export"),
    path("units/", quarters.units, name="oversight_units"),
    path("reports/draft/", quarters.draft, name="oversight_report_draft"),
    path("reports/<uuid:report_id>/", quarters.report, name="oversight_report"),
    path("bulletins/", bulletins.bulletins, name="oversight_bulletins"),
    path("bulletins/new/", bulletins.new_bulletin, name="oversight_bulletin_new"),
    path("bulletins/<uuid:bulletin_id>/", bulletins.bulletin, name="oversight_bulletin"),
    path("bulletins/<uuid:bulletin_id>/issue/", bulletins.issue, name="oversight_bulletin_issue"),
    path("meetings/", meetings.meetings, name="oversight_meetings"),
    path("meetings/new/", meetings.new_meeting, name="oversight_meeting_new"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="oversight_meeting"),
    path("decisions/<uuid:decision_id>/finish/", meetings.finish, name="oversight_decision_finish"),
    path("trainings/", meetings.trainings, name="oversight_trainings"),
    path("trainings/new/", meetings.new_training, name="oversight_training_new"),
    path("trainings/<uuid:training_id>/", meetings.training, name="oversight_training"),
    path("offices/", offices.offices, name="oversight_offices"),
    path("offices/<slug:code>/", offices.street, name="oversight_street"),
    path("journal/", journal.journal, name="oversight_journal"),
    path("journal/verify/", journal.verify, name="oversight_journal_verify"),
    path("journal/export/", journal.export, name="oversight_journal_export"),
]
