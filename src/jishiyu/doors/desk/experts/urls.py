"""Addresses of the expert module."""

from django.urls import path

from jishiyu.doors.desk.experts import district, judging, panels, poverty, versions

urlpatterns = [
    path("", judging.home, name="experts_home"),
    path("check/", judging.check, name="experts_check"),
    path("weights/", versions.weights, name="experts_weights"),
    path("weights/compare/", versions.compare, name="experts_compare"),
    path("weights/<uuid:set_id>/", versions.version, name="experts_version"),
    path("weights/<uuid:set_id>/approve/", versions.approve, name="experts_approve"),
    path("weights/panels/", panels.panels, name="experts_panels"),
    path("weights/panels/new/", panels.new_panel, name="experts_panel_new"),
    path("weights/panels/<uuid:panel_id>/", panels.panel, name="experts_panel"),
    path("weights/panels/<uuid:panel_id>/remind/", panels.remind, name="experts_remind"),
    path("weights/panels/<uuid:panel_id>/close/", panels.close, name="experts_close"),
    path("weights/sensitivity/", district.sensitivity, name="experts_sensitivity"),
    path("weights/sensitivity/export/", district.export, name="experts_sensitivity_export"),
    path("weights/reading/", district.read, name="experts_read"),
    path("poverty/", poverty.poverty, name="experts_poverty"),
    path("poverty/export/", poverty.export, name="experts_poverty_export"),
]
