"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def threshold(request: HttpRequest) -> dict[str, Any]:
    """The post that acts, the posts to choose from, the day, and whether this is the demo district."""
    english = getattr(request, "LANGUAGE_CODE", "").startswith("en")
    return {
        "post": getattr(request, "post", None),
        "posts": getattr(request, "posts", []),
        "today": getattr(request, "today", None),
        "demo": settings.DEMO,
        "english": english,
        "other_language": "zh-hans" if english else "en",
    }
