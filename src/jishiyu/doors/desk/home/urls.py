"""Addresses of log-in, work desk and choices."""

from django.urls import path

from jishiyu.doors.desk.home import clock, views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("language/<str:code>/", views.language, name="language"),
    path("desk/", views.home, name="home"),
    path("desk/post/", views.switch_post, name="switch_post"),
    path("desk/demo-clock/", clock.wind, name="demo_clock"),
    path("desk/help/", views.help_page, name="help"),
]
