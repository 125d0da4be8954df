"""A household that was handed over: its old sub-district reads the back-pay of its time."""

from importlib import import_module

from django.db import migrations

from jishiyu.foundations.row_security import SCOPE, SEES_ALL
from jishiyu.registry.row_security import in_its_time, read_by

FIRST = import_module("jishiyu.funds.migrations.0005_back_pay_security")
SEE = f"{SEES_ALL} or {FIRST.BY_AGENCY} or ({SCOPE} = 'sub_district' and {in_its_time('funds_backpay', 'recorded_at')})"


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0005_back_pay_security"),
        ("registry", "0006_answers_and_changes_of_their_time"),
    ]

    operations = [
        read_by("funds_backpay", SEE, before=f"{SEES_ALL} or {FIRST.OWN_AREA} or {FIRST.THROUGH_HOUSEHOLD}")
    ]
