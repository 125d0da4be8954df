"""A household's place, by look-ups: joined, a planner that believes a table empty read all of it for each household."""

from importlib import import_module

from django.db import migrations

# As before it runs with the migrating role's sight and gives four counts only.
RANKS = """
create or replace function assessment_ranks(asked uuid)
returns table (district_place bigint, district_whole bigint, area_place bigint, area_whole bigint)
language sql stable security definer set search_path = public as $$
  with scored as (
    select h.id, h.sub_district_id as area, newest.score
      from registry_household h
     cross join lateral (
       select s.score from assessment_hardshipscore s where s.household_id = h.id
        order by s.day desc, s.made_at desc, (select n.number from registry_snapshot n where n.id = s.snapshot_id) desc
        limit 1) newest
     where h.status = 'known' or h.id = asked
  ),
  own as (select score, area from scored where id = asked)
  select count(*) filter (where score > (select score from own)) + 1,
         count(*),
         count(*) filter (where score > (select score from own) and area = (select area from own)) + 1,
         count(*) filter (where area = (select area from own))
    from scored
  having exists (select 1 from own)
$$;
"""
BEFORE = import_module("jishiyu.assessment.migrations.0006_ranks").RANKS.replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0008_panel_security")]

    operations = [migrations.RunSQL(RANKS, BEFORE)]
