"""Which address leads to which door."""

from django.urls import include, path

urlpatterns = [
    path("", include("jishiyu.doors.portal.urls")),
    path("", include("jishiyu.doors.desk.urls")),
    path("api/", include("jishiyu.doors.exchange.urls")),
    path("dci/social/", include("jishiyu.doors.exchange.dci.urls")),
]

handler400 = "jishiyu.doors.threshold.failures.bad_request"
handler403 = "jishiyu.doors.threshold.failures.forbidden"
handler404 = "jishiyu.doors.threshold.failures.not_found"
handler500 = "jishiyu.doors.threshold.failures.fault"
