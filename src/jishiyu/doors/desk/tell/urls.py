"""Addresses of the questions about a household."""

from django.urls import path

from jishiyu.doors.desk.tell import views

urlpatterns = [
    path("", views.questions, name="households_questions"),
    path("<str:key>/", views.answer, name="households_answer"),
]
