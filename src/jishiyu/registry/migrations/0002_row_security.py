"""Who sees and writes which rows of the register, by the post that the transaction acts for."""

from django.db import migrations

from jishiyu.foundations.row_security import AGENCY, AREA, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through

OPENED = f"({SCOPE} = 'agency' and exists (select 1 from registry_opening o where o.household_id = {{key}} and o.agency_id = {AGENCY}))"
OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
OPENED_PERSON = (
    f"({SCOPE} = 'agency' and exists (select 1 from registry_opening o join registry_membership m on m.household_id = o.household_id"
    f" where m.person_id = registry_person.id and o.agency_id = {AGENCY}))"
)
THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")
THROUGH_SNAPSHOT = seen_through("registry_snapshot", "snapshot_id")

WHERE_REGISTERED = """
create function registry_where_registered(asked bytea[]) returns table (id_index bytea, sub_district_id varchar)
language sql stable security definer set search_path = public as
$$ select p.id_index, p.sub_district_id from registry_person p where p.id_index = any (asked) $$;
create sequence registry_household_numbers;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        # The opening's own policy names no household, or the two policies would ask each other for ever.
        protect("registry_opening", see=f"{SEES_ALL} or {OWN_AREA} or agency_id = {AGENCY}", write=f"{WRITES_ALL} or {OWN_AREA} or ({SCOPE} = 'agency' and agency_id = {AGENCY})"),
        protect("registry_household", see=f"{SEES_ALL} or {OWN_AREA} or {OPENED.format(key='registry_household.id')}", write=f"{WRITES_ALL} or {OWN_AREA}"),
        protect("registry_membership", see=THROUGH_HOUSEHOLD, write=THROUGH_HOUSEHOLD),
        protect("registry_person", see=f"{SEES_ALL} or {OWN_AREA} or {OPENED_PERSON}", write=f"{WRITES_ALL} or {OWN_AREA}"),
        protect("registry_snapshot", see=THROUGH_HOUSEHOLD, write=THROUGH_HOUSEHOLD, change=False),
        protect("registry_snapshotmember", see=THROUGH_SNAPSHOT, write=THROUGH_SNAPSHOT, change=False),
        protect("registry_bill", see=THROUGH_SNAPSHOT, write=THROUGH_SNAPSHOT, change=False),
        append_only("registry_snapshot"),
        append_only("registry_snapshotmember"),
        append_only("registry_bill"),
        migrations.RunSQL(WHERE_REGISTERED, "drop function registry_where_registered(bytea[]); drop sequence registry_household_numbers"),
        migrations.RunSQL(
            "create index registry_person_name_trgm on registry_person using gin (name gin_trgm_ops);"
            "create index registry_person_pinyin on registry_person (pinyin varchar_pattern_ops)",
            "drop index registry_person_name_trgm; drop index registry_person_pinyin",
        ),
    ]
