"""Addresses of the household pages."""

from django.urls import path

from jishiyu.doors.desk.households import listing, page, register, snapshot

urlpatterns = [
    path("", listing.households, name="households_list"),
    path("export/", listing.export, name="households_export"),
    path("search/", listing.search, name="households_search"),
    path("suggest/", listing.suggest, name="households_suggest"),
    path("register/", register.register, name="households_register"),
    path("check-id/", register.check_id, name="households_check_id"),
    path("<uuid:household_id>/", page.household, name="households_page"),
    path("<uuid:household_id>/assess/", page.assess, name="households_assess"),
    path("<uuid:household_id>/unmask/<uuid:person_id>/", page.unmask, name="households_unmask"),
    path("<uuid:household_id>/snapshots/", snapshot.history, name="households_snapshots"),
    path("<uuid:household_id>/snapshots/new/", snapshot.record, name="households_snapshot_new"),
]
