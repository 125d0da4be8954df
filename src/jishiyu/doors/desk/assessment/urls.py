"""Addresses of the runs over the district."""

from django.urls import path

from jishiyu.doors.desk.assessment import results, screening

urlpatterns = [
    path("", screening.runs, name="screening_list"),
    path("results/", results.results, name="screening_results"),
    path("results/<uuid:household_id>/", results.result, name="screening_result"),
    path("<int:number>/", screening.run, name="screening_run"),
    path("<int:number>/progress/", screening.progress, name="screening_progress"),
    path("<int:number>/resume/", screening.resume, name="screening_resume"),
]
