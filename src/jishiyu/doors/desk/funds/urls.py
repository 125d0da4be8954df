"""Addresses of the money pages."""

from django.urls import path

from jishiyu.doors.desk.funds import making_good, paying, treasury

urlpatterns = [
    path("", treasury.balances, name="funds_list"),
    path("sources/new/", treasury.new_source, name="funds_source_new"),
    path("deposits/new/", treasury.new_deposit, name="funds_deposit_new"),
    path("deposits/<uuid:deposit_id>/", treasury.deposit, name="funds_deposit"),
    path("back-pay/", making_good.back_pay, name="funds_back_pay"),
    path("back-pay/make/", making_good.make, name="funds_back_pay_make"),
    path("runs/", paying.runs, name="funds_runs"),
    path("runs/preview/", paying.preview, name="funds_preview"),
    path("runs/pay/", paying.pay, name="funds_pay"),
    path("runs/<uuid:run_id>/", paying.run, name="funds_run"),
    path("runs/<uuid:run_id>/export/", paying.export_run, name="funds_run_export"),
    path("payments/<uuid:payment_id>/", paying.payment, name="funds_payment"),
]
