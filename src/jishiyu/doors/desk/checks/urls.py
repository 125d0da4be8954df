"""Addresses of checks from above."""

from django.urls import path

from jishiyu.doors.desk.checks import drawing, relatives, views

urlpatterns = [
    path("", views.checks, name="checks_list"),
    path("<uuid:check_id>/", views.check, name="checks_check"),
    path("findings/<uuid:finding_id>/", views.follow, name="checks_follow"),
    path("draws/", drawing.draws, name="checks_draws"),
    path("draws/<slug:number>/", drawing.draw, name="checks_draw"),
    path("relatives/", relatives.register, name="checks_relatives"),
    path("relatives/of/<uuid:case_id>/", relatives.add, name="checks_relative_add"),
    path("relatives/<uuid:relative_id>/lift/", relatives.lift, name="checks_relative_lift"),
    path("signatures/<uuid:case_id>/", views.signature, name="checks_signature"),
]
