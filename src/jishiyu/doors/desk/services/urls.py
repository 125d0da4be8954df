"""Addresses of services and their providers."""

from django.urls import path

from jishiyu.doors.desk.services import lists, referring, views

urlpatterns = [
    path("", lists.to_deliver, name="services_list"),
    path("providers/", lists.providers, name="services_providers"),
    path("providers/<uuid:provider_id>/end/", lists.end_provider, name="services_provider_end"),
    path("appointments/<uuid:appointment_id>/", views.mark, name="services_mark"),
    path("deliveries/<uuid:delivery_id>/appoint/", views.appoint, name="services_appoint"),
    path("deliveries/<uuid:delivery_id>/satisfaction/", views.satisfaction, name="services_satisfaction"),
    path("refer/<uuid:household_id>/", referring.refer, name="services_refer"),
    path("<uuid:case_id>/", views.case, name="services_case"),
    path("<uuid:case_id>/arrange/", views.arrange, name="services_arrange"),
    path("<uuid:case_id>/deliver/", views.deliver, name="services_deliver"),
    path("<uuid:case_id>/not/", views.not_delivered, name="services_not"),
]
