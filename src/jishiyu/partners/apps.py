"""Names the room to Django."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "jishiyu.partners"
    label = "partners"
