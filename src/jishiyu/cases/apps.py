"""Names the room to Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "jishiyu.cases"
    label = "cases"
