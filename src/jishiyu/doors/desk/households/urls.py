"""Addresses of the household pages."""

from django.urls import path

from jishiyu.doors.desk.households import changing, listing, page, register, snapshot

urlpatterns = [
    path("", listing.households, name="households_list"),
    path("narrow/", listing.narrow, name="households_narrow"),
    path("export/", listing.export, name="households_export"),
    path("register/", register.register, name="households_register"),
    path("check-id/", register.check_id, name="households_check_id"),
    path("<uuid:household_id>/", page.household, name="households_page"),
    path("<uuid:household_id>/assess/", page.assess, name="households_assess"),
    path("<uuid:household_id>/unmask/<uuid:person_id>/", page.unmask, name="households_unmask"),
    path("<uuid:household_id>/changes/", changing.changes, name="households_changes"),
    path("<uuid:household_id>/changes/come/", changing.come, name="households_move_in"),
    path("<uuid:household_id>/changes/go/<uuid:person_id>/", changing.go, name="households_move_out"),
    path("<uuid:household_id>/changes/head/", changing.head, name="households_change_head"),
    path("<uuid:household_id>/changes/home/", changing.home, name="households_correct_home"),
    path("<uuid:household_id>/changes/area/", changing.area, name="households_hand_over"),
    path("<uuid:household_id>/snapshots/", snapshot.history, name="households_snapshots"),
    path("<uuid:household_id>/snapshots/new/", snapshot.record, name="households_snapshot_new"),
]
