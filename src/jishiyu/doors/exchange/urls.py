"""The addresses for other computers."""

from django.urls import URLPattern

app_name = "exchange"
urlpatterns: list[URLPattern] = []
