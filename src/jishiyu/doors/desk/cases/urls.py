"""Addresses of the case pages."""

from django.urls import path

from jishiyu.doors.desk.cases import applying, deciding, late, letter, lists, page, recoveries, visiting
from jishiyu.doors.desk.cases.papers.views import paper

urlpatterns = [
    path("", lists.cases, name="cases_list"),
    path("narrow/", lists.narrow, name="cases_narrow"),
    path("new/<uuid:household_id>/", applying.choose, name="cases_new"),
    path("new/<uuid:household_id>/<str:item>/", applying.apply, name="cases_apply"),
    path("recoveries/", recoveries.recoveries, name="cases_recoveries"),
    path("recoveries/<uuid:recovery_id>/", recoveries.act, name="cases_recovery"),
    path("waiting/<uuid:need_id>/", recoveries.close_waiting, name="cases_waiting"),
    path("<uuid:case_id>/", page.case, name="cases_page"),
    path("<uuid:case_id>/step/", page.step, name="cases_step"),
    path("<uuid:case_id>/evidence/", page.evidence, name="cases_evidence"),
    path("<uuid:case_id>/withdraw/", page.withdraw, name="cases_withdraw"),
    path("<uuid:case_id>/late/<uuid:award_id>/", late.late, name="cases_late"),
    path("<uuid:case_id>/visit/", visiting.visit, name="cases_visit"),
    path("<uuid:case_id>/decide/", deciding.decide, name="cases_decide"),
    path("<uuid:case_id>/letter/", letter.letter, name="cases_letter"),
    path("<uuid:case_id>/papers/<str:kind>.<str:form>", paper, name="cases_paper"),
]
