"""Addresses of the expert module."""

from django.urls import path

from jishiyu.doors.desk.experts import views

urlpatterns = [
    path("", views.home, name="experts_home"),
    path("check/", views.check, name="experts_check"),
    path("weights/", views.weights, name="experts_weights"),
    path("weights/<uuid:set_id>/approve/", views.approve, name="experts_approve"),
]
