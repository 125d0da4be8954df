"""Addresses of the policy pages."""

from django.urls import path

from jishiyu.doors.desk.policy import views

urlpatterns = [
    path("", views.home, name="policy_home"),
    path("programmes/<slug:code>/", views.programme, name="policy_programme"),
    path("items/<slug:item_id>/", views.item, name="policy_item"),
    path("standards/", views.standards, name="policy_standards"),
    path("standards/<str:parameter_id>/", views.standard, name="policy_standard"),
    path("check/", views.check, name="policy_check"),
]
