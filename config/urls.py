"""Which address leads to which door."""

from django.urls import include, path

urlpatterns = [
    path("", include("jishiyu.doors.portal.urls")),
    path("", include("jishiyu.doors.desk.urls")),
    path("api/", include("jishiyu.doors.exchange.urls")),
]
