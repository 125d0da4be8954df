"""Names the room to Django."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "jishiyu.offices"
    label = "offices"
