"""Addresses of what comes after an award."""

from django.urls import path

from jishiyu.doors.desk.afterwards import appeals, awards, changing, letters, lists, settling

urlpatterns = [
    path("", lists.due, name="after_list"),
    path("plan/", lists.plan, name="after_plan"),
    path("awards/<uuid:award_id>/", awards.award, name="after_award"),
    path("awards/<uuid:award_id>/recheck/", awards.recheck, name="after_recheck"),
    path("awards/<uuid:award_id>/measure/", awards.measure, name="after_measure"),
    path(
        "awards/<uuid:award_id>/recheck-notice.<str:form>",
        letters.recheck_notice,
        name="after_recheck_notice",
    ),
    path("measures/<uuid:measure_id>/", settling.settle, name="after_settle"),
    path("measures/<uuid:measure_id>/letter.<str:form>", letters.measure_letter, name="after_letter"),
    path("households/<uuid:household_id>/change/", changing.change, name="after_change"),
    path("cases/<uuid:case_id>/", awards.of_case, name="after_of_case"),
    path("appeals/", appeals.appeals, name="after_appeals"),
    path("appeals/new/<uuid:case_id>/", appeals.new, name="after_appeal_new"),
    path("appeals/<uuid:appeal_id>/", appeals.appeal, name="after_appeal"),
    path("appeals/<uuid:appeal_id>/letter.<str:form>", letters.appeal_letter, name="after_appeal_letter"),
]
