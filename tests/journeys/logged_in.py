"""A browser without a screen, logged in as somebody who holds one of the test posts."""

from django.contrib.auth import get_user_model
from django.test import Client


def logged_in(username: str, *, english: bool = False) -> Client:
    """A client of ``engage_all``'s officer of that name."""
    client = Client()
    client.force_login(
        get_user_model().objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    if english:
        client.cookies["language"] = "en"
    return client
