"""Names the room to Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "jishiyu.journal"
    label = "journal"
