"""Addresses of posts and their holders."""

from django.urls import path

from jishiyu.doors.desk.posts import views

urlpatterns = [
    path("", views.posts, name="posts_list"),
    path("holdings/<uuid:holding_id>/end/", views.end, name="posts_end"),
    path("relatives/", views.relatives, name="posts_relatives"),
    path("relatives/<uuid:declared_id>/withdraw/", views.withdraw, name="posts_relative_withdraw"),
]
