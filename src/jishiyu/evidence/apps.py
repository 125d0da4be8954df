"""Names the room to Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "jishiyu.evidence"
    label = "evidence"
