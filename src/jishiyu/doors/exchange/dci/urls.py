"""The addresses below ``/dci/social/``."""

from django.urls import path, re_path

from jishiyu.doors.exchange.dci import proving, views

app_name = "dci"
urlpatterns = [
    path("oauth2/client/token", proving.token, name="token"),
    path(".well-known/jwks.json", proving.jwks, name="jwks"),
    path("registry/sync/search", views.sync, {"action": "search"}, name="sync_search"),
    path("registry/sync/txn/status", views.sync, {"action": "txn-status"}, name="sync_status"),
    path("registry/sync/enrolled", views.sync, {"action": "enrolled"}, name="sync_enrolled"),
    path(
        "registry/sync/enrollment/updates", views.sync, {"action": "enrollment-updates"}, name="sync_updates"
    ),
    path("registry/search", views.later, {"action": "search"}, name="search"),
    path("registry/txn/status", views.later, {"action": "txn-status"}, name="status"),
    path("registry/subscribe", views.later, {"action": "subscribe"}, name="subscribe"),
    path("registry/unsubscribe", views.later, {"action": "unsubscribe"}, name="unsubscribe"),
    path("registry/on-search", views.called_back, {"action": "on-search"}, name="on_search"),
    path("registry/on-subscribe", views.called_back, {"action": "on-subscribe"}, name="on_subscribe"),
    path("registry/on-unsubscribe", views.called_back, {"action": "on-unsubscribe"}, name="on_unsubscribe"),
    path("registry/txn/on-status", views.called_back, {"action": "txn-on-status"}, name="on_status"),
    path("registry/notify", views.called_back, {"action": "notify"}, name="notify"),
    re_path(r"^(?P<rest>.*)$", views.nothing_here, name="nothing"),
]
