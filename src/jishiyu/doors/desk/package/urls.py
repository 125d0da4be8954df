"""Address of the whole package."""

from django.urls import path

from jishiyu.doors.desk.package import views

urlpatterns = [path("", views.package, name="households_package")]
