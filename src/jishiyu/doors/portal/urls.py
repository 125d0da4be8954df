"""The public's addresses."""

from django.urls import path

from jishiyu.doors.portal import notices, policy, progress, reading, spot_checks
from jishiyu.doors.portal.applying import after, starting, steps
from jishiyu.doors.portal.selfcheck import views as selfcheck

app_name = "portal"
urlpatterns = [
    path("", policy.home, name="home"),
    path("apply/", starting.start, name="apply"),
    path("apply/begin/", starting.begin, name="apply_begin"),
    path("apply/code/", starting.code, name="apply_code"),
    path("apply/continue/", starting.go_on, name="apply_continue"),
    path("apply/leave/", starting.leave, name="apply_leave"),
    path("apply/delete/", starting.delete, name="apply_delete"),
    path("apply/who/", steps.who, name="apply_who"),
    path("apply/family/", steps.family, name="apply_family"),
    path("apply/situation/", steps.situation, name="apply_situation"),
    path("apply/papers/", steps.papers, name="apply_papers"),
    path("apply/papers/<uuid:document_id>/remove/", steps.remove, name="apply_remove"),
    path("apply/check/", steps.check, name="apply_check"),
    path("apply/state/", after.state, name="apply_state"),
    path("apply/answer/", after.answer, name="apply_answer"),
    path("programmes/<str:code>/", policy.programme, name="programme"),
    path("policy/", policy.rules, name="rules"),
    path("progress/", progress.progress, name="progress"),
    path("reading/<str:way>/<str:state>/", reading.reading, name="reading"),
    path("self-check/", selfcheck.check, name="selfcheck"),
    path("spot-checks/", spot_checks.draws, name="spot_draws"),
    path("spot-checks/<slug:number>/", spot_checks.draw, name="spot_draw"),
    path("spot-checks/<slug:number>.json", spot_checks.file, name="spot_draw_file"),
    path("standards/", policy.standards, name="standards"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:notice_id>/", notices.notice, name="notice"),
    path("notices/<uuid:notice_id>/poster.pdf", notices.poster, name="poster"),
    path("notices/<uuid:notice_id>/thanks/", notices.thanks, name="thanks"),
]
