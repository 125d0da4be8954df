"""Addresses of the trials of policy."""

from django.urls import path

from jishiyu.doors.desk.whatif import views

urlpatterns = [
    path("", views.trials, name="whatif_list"),
    path("new/", views.new_trial, name="whatif_new"),
    path("compare/", views.compare, name="whatif_compare"),
    path("<uuid:what_if_id>/", views.trial, name="whatif_page"),
    path("<uuid:what_if_id>/households/", views.households, name="whatif_households"),
    path("<uuid:what_if_id>/export/", views.export, name="whatif_export"),
]
