"""Addresses of visits; the worker's scope is everything below."""

from django.urls import path

from jishiyu.doors.desk.visits import sending, views

urlpatterns = [
    path("", views.to_do, name="visits_list"),
    path("device/", views.device, name="visits_device"),
    path("worker.js", views.worker, name="visits_worker"),
    path("app.webmanifest", views.manifest, name="visits_manifest"),
    path("token/", views.token, name="visits_token"),
    path("pictures/<uuid:attachment_id>/", views.picture, name="visits_picture"),
    path("<uuid:case_id>/take/", sending.take, name="visits_take"),
    path("<uuid:case_id>/pictures/", sending.attach, name="visits_attach"),
    path("<uuid:case_id>/send/", sending.send, name="visits_send"),
]
