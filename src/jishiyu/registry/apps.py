"""Names the room to Django."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "jishiyu.registry"
    label = "registry"
