"""Names the room to Django."""

from django.apps import AppConfig


class ThresholdConfig(AppConfig):
    name = "jishiyu.doors.threshold"
    label = "threshold"
