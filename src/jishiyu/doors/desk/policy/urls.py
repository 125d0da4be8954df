"""Addresses of the policy pages."""

from django.urls import path

from jishiyu.doors.desk.policy import views
from jishiyu.doors.desk.policy.tables import views as tables

urlpatterns = [
    path("", views.home, name="policy_home"),
    path("programmes/<slug:code>/", views.programme, name="policy_programme"),
    path("items/<slug:item_id>/", views.item, name="policy_item"),
    path("standards/", views.standards, name="policy_standards"),
    path("standards/<str:parameter_id>/", views.standard, name="policy_standard"),
    path("check/", views.check, name="policy_check"),
    path("tables/", tables.tables, name="policy_tables"),
    path("tables/<slug:key>/", tables.table, name="policy_table"),
    path("tables/<slug:key>/revise/", tables.revise, name="policy_table_revise"),
    path("tables/<slug:key>/check/", tables.check, name="policy_table_check"),
    path("revisions/<uuid:revision_id>/approve/", tables.approve, name="policy_table_approve"),
    path("revisions/<uuid:revision_id>/withdraw/", tables.withdraw, name="policy_table_withdraw"),
    path("revisions/<uuid:revision_id>/export/", tables.export, name="policy_table_export"),
]
