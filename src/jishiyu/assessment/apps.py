"""Names the room to Django."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "jishiyu.assessment"
    label = "assessment"
