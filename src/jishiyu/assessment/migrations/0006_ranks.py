"""A household's place in the district and in its sub-district, told without showing any other household's row."""

from django.db import migrations

# Runs with the migrating role's sight, since a sub-district post sees no other sub-district's scores; it gives four counts only.
RANKS = """
create function assessment_ranks(asked uuid)
returns table (district_place bigint, district_whole bigint, area_place bigint, area_whole bigint)
language sql stable security definer set search_path = public as $$
  with own as (
    select s.score, h.sub_district_id
      from assessment_hardshipscore s
      join registry_household h on h.id = s.household_id
      join registry_snapshot n on n.id = s.snapshot_id
     where s.household_id = asked
     order by s.day desc, s.made_at desc, n.number desc limit 1
  ),
  harder as (
    select h.sub_district_id
      from assessment_hardshipscore s
      join registry_household h on h.id = s.household_id and h.status = 'known'
      join registry_snapshot n on n.id = s.snapshot_id
     where s.score > (select score from own)
       and not exists (
         select 1 from assessment_hardshipscore later join registry_snapshot m on m.id = later.snapshot_id
          where later.household_id = s.household_id and (later.day, later.made_at, m.number) > (s.day, s.made_at, n.number))
  ),
  scored as (
    select h.id, h.sub_district_id from registry_household h
     where (h.status = 'known' or h.id = asked)
       and exists (select 1 from assessment_hardshipscore s where s.household_id = h.id)
  )
  select (select count(*) from harder) + 1,
         (select count(*) from scored),
         (select count(*) from harder where sub_district_id = own.sub_district_id) + 1,
         (select count(*) from scored where sub_district_id = own.sub_district_id)
    from own
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_fewer_indexes")]

    operations = [migrations.RunSQL(RANKS, "drop function assessment_ranks(uuid)")]
