"""Addresses of notes."""

from django.urls import path

from jishiyu.doors.desk.notes import views

urlpatterns = [
    path("cases/<uuid:case_id>/", views.on_case, name="notes_on_case"),
    path("households/<uuid:household_id>/", views.on_household, name="notes_on_household"),
    path("<uuid:note_id>/read/", views.read, name="notes_read"),
    path("<uuid:note_id>/withdraw/", views.withdraw, name="notes_withdraw"),
]
