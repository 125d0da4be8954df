"""Who sees and writes months of back-pay; they stay."""

from django.db import migrations

from jishiyu.foundations.row_security import (
    AREA,
    SCOPE,
    SEES_ALL,
    WRITES_ALL,
    append_only,
    protect,
    seen_through,
)

OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
THROUGH_HOUSEHOLD = (
    f"({SCOPE} in ('sub_district', 'agency') and {seen_through('registry_household', 'household_id')})"
)
BY_AGENCY = f"({SCOPE} = 'agency' and {seen_through('registry_household', 'household_id')})"


class Migration(migrations.Migration):
    dependencies = [("funds", "0004_back_pay")]

    operations = [
        protect(
            "funds_backpay",
            see=f"{SEES_ALL} or {OWN_AREA} or {THROUGH_HOUSEHOLD}",
            write=f"{WRITES_ALL} or {BY_AGENCY}",
            change=False,
        ),
        append_only("funds_backpay"),
    ]
