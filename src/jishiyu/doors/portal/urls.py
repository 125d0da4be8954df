"""The public's addresses."""

from django.urls import path

from jishiyu.doors.portal import notices, policy, progress, reading, spot_checks
from jishiyu.doors.portal.selfcheck import views as selfcheck

app_name = "portal"
urlpatterns = [
    path("", policy.home, name="home"),
    path("programmes/<str:code>/", policy.programme, name="programme"),
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
