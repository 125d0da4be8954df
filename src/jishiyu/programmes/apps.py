"""Names the room to Django."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "jishiyu.programmes"
    label = "programmes"
