"""Addresses of the import pages."""

from django.urls import path

from jishiyu.doors.desk.imports import batches, handing_in, mending

urlpatterns = [
    path("", handing_in.imports, name="imports_list"),
    path("template/", handing_in.template, name="imports_template"),
    path("<uuid:batch_id>/", batches.batch, name="imports_page"),
    path("<uuid:batch_id>/progress/", batches.progress, name="imports_progress"),
    path("<uuid:batch_id>/resume/", batches.resume, name="imports_resume"),
    path("<uuid:batch_id>/bad-rows/", batches.bad_rows, name="imports_bad_rows"),
    path("<uuid:batch_id>/check/", mending.check, name="imports_check"),
    path("<uuid:batch_id>/mend/", mending.household, name="imports_mend"),
]
