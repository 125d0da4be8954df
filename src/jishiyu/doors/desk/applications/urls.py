"""Addresses of the applications that came on line."""

from django.urls import path

from jishiyu.doors.desk.applications import page, views

urlpatterns = [
    path("", views.inbox, name="applications_list"),
    path("<uuid:application_id>/", page.application, name="applications_page"),
    path("<uuid:application_id>/take/", page.take, name="applications_take"),
    path("<uuid:application_id>/ask/", page.ask, name="applications_ask"),
    path("<uuid:application_id>/refuse/", page.refuse, name="applications_refuse"),
]
