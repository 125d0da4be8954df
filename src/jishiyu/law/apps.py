"""Names the room to Django."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "jishiyu.law"
    label = "law"
