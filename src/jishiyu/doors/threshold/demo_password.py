"""The demo's printed password opens nothing where real people work, even if a demo's database was carried there."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


class NoDemoPassword(BaseBackend):
    """Stands before the backend that checks passwords, and lets every other password pass on to it."""

    def authenticate(self, request: HttpRequest | None, password: str = "", **_: object) -> None:
        """Raise PermissionDenied, which ends the log-in, for the demo's password outside the demo."""
        if not settings.DEMO and constant_time_compare(password, settings.DEMO_PASSWORD):
            raise PermissionDenied
