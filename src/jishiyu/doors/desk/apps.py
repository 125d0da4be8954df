"""Names the room to Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "jishiyu.doors.desk"
    label = "desk"
