"""Addresses of the trials of policy."""

from django.urls import path

from jishiyu.doors.desk.whatif import curve, editing, lists, running, views

urlpatterns = [
    path("", views.trials, name="whatif_list"),
    path("new/", editing.new_trial, name="whatif_new"),
    path("compare/", views.compare, name="whatif_compare"),
    path("run/<uuid:run_id>/", running.run, name="whatif_run"),
    path("run/<uuid:run_id>/progress/", running.progress, name="whatif_progress"),
    path("run/<uuid:run_id>/stop/", running.stop, name="whatif_stop"),
    path("run/<uuid:run_id>/again/", running.again, name="whatif_again"),
    path("<uuid:what_if_id>/", views.trial, name="whatif_page"),
    path("<uuid:what_if_id>/curve/", curve.curve, name="whatif_curve"),
    path("<uuid:what_if_id>/households/", lists.households, name="whatif_households"),
    path("<uuid:what_if_id>/households/export/", lists.export, name="whatif_households_export"),
    path("<uuid:what_if_id>/export/", views.export, name="whatif_export"),
]
