"""Names the room to Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jishiyu.doors.jobs"
    label = "jobs"
