"""Answers and changes go with their household and stay. A sub-district that a household left reads what was recorded before.

People who live in no household any more can be taken in by another one, and a household handed over to another sub-district:
both cross areas, so each is one function of the owner that checks who asks.
"""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through

OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"
ONCE_HERE = f"({SCOPE} = 'sub_district' and exists (select 1 from registry_stay s where s.household_id = registry_household.id and s.sub_district_id = {AREA}))"
ONCE_HERE_PERSON = (
    f"({SCOPE} = 'sub_district' and exists (select 1 from registry_stay s join registry_membership m on m.household_id = s.household_id"
    f" where m.person_id = registry_person.id and s.sub_district_id = {AREA}))"
)
# What a sub-district may read of a household that left it, beside what its own policy says.
SNAPSHOT_OF_ITS_TIME = (
    f"{SCOPE} <> 'sub_district' or exists (select 1 from registry_household h where h.id = household_id and h.sub_district_id = {AREA})"
    f" or recorded_at < (select max(s.left_at) from registry_stay s where s.household_id = registry_snapshot.household_id and s.sub_district_id = {AREA})"
)
LIVES_HERE = f"{SCOPE} <> 'sub_district' or exists (select 1 from registry_household h where h.id = household_id and h.sub_district_id = {AREA})"

ACROSS_AREAS = f"""
create or replace function registry_where_registered(asked bytea[]) returns table (id_index bytea, sub_district_id varchar)
language sql stable security definer set search_path = public as
$$ select p.id_index, p.sub_district_id from registry_person p where p.id_index = any (asked) and (p.died_on is not null
   or exists (select 1 from registry_membership m where m.person_id = p.id and m.last_day is null)) $$;

create function registry_without_home(asked bytea[]) returns table (id_index bytea, person uuid, name varchar)
language sql stable security definer set search_path = public as
$$ select p.id_index, p.id, p.name from registry_person p where p.id_index = any (asked) and p.died_on is null
   and not exists (select 1 from registry_membership m where m.person_id = p.id and m.last_day is null) $$;

create function registry_take_in(people uuid[], area varchar) returns void
language plpgsql security definer set search_path = public as $$
begin
  if not ({WRITES_ALL} or ({SCOPE} = 'sub_district' and area = {AREA})) then
    raise exception 'people can only be taken in by the own sub-district' using errcode = 'insufficient_privilege';
  end if;
  update registry_person p set sub_district_id = area where p.id = any (people) and p.died_on is null
    and not exists (select 1 from registry_membership m where m.person_id = p.id and m.last_day is null);
end $$;

create function registry_hand_over(asked uuid, area varchar) returns void
language plpgsql security definer set search_path = public as $$
declare home varchar;
begin
  select sub_district_id into home from registry_household where id = asked for update;
  if home is null or not ({WRITES_ALL} or ({SCOPE} = 'sub_district' and home = {AREA})) then
    raise exception 'a household is handed over by the sub-district where it lives' using errcode = 'insufficient_privilege';
  end if;
  update registry_household set sub_district_id = area, version = version + 1 where id = asked;
  update registry_opening set sub_district_id = area where household_id = asked;
  update registry_person p set sub_district_id = area
    where exists (select 1 from registry_membership m where m.person_id = p.id and m.household_id = asked and m.last_day is null);
end $$;
"""
UNDO = """
drop function registry_hand_over(uuid, varchar); drop function registry_take_in(uuid[], varchar); drop function registry_without_home(bytea[]);
"""


def only_where_it_lives(table: str) -> migrations.RunSQL:
    """Nothing new is written by a sub-district about a household that lives elsewhere."""
    return migrations.RunSQL(
        f"create policy {table}_lives_here on {table} as restrictive for insert with check ({LIVES_HERE})",
        f"drop policy {table}_lives_here on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_answers_and_changes")]

    operations = [
        # The stay's own policy names no household, or the two policies would ask each other for ever.
        protect("registry_stay", see=f"{SEES_ALL} or {OWN_AREA} or {SCOPE} = 'agency'", write=f"{WRITES_ALL} or {OWN_AREA}", change=False),
        protect("registry_change", see=THROUGH_HOUSEHOLD, write=f"{THROUGH_HOUSEHOLD} and {NOT_AUDIT}", change=False),
        protect("registry_answer", see=THROUGH_HOUSEHOLD, write=f"{THROUGH_HOUSEHOLD} and {NOT_AUDIT}", change=False),
        append_only("registry_stay"),
        append_only("registry_change"),
        append_only("registry_answer"),
        migrations.RunSQL(
            f"create policy registry_household_once_here on registry_household for select using ({ONCE_HERE});"
            f"create policy registry_person_once_here on registry_person for select using ({ONCE_HERE_PERSON});"
            f"create policy registry_snapshot_of_its_time on registry_snapshot as restrictive for select using ({SNAPSHOT_OF_ITS_TIME})",
            "drop policy registry_household_once_here on registry_household; drop policy registry_person_once_here on registry_person;"
            "drop policy registry_snapshot_of_its_time on registry_snapshot",
        ),
        only_where_it_lives("registry_snapshot"),
        only_where_it_lives("registry_membership"),
        only_where_it_lives("registry_answer"),
        migrations.RunSQL(ACROSS_AREAS, UNDO),
    ]
