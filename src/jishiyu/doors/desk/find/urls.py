"""Addresses of the search everywhere."""

from django.urls import path

from jishiyu.doors.desk.find import views

urlpatterns = [
    path("", views.find, name="find"),
    path("suggest/", views.suggest, name="find_suggest"),
]
