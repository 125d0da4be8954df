-- The second model: tables for the facts of a sample, and the arithmetic of what is not known.
-- NULL is "not known" everywhere and must never become zero: sum, max, bool_or, greatest and least all pass over NULL
-- in SQL, so none of them is used as it is.
create temp table legal_day (day date not null, certain boolean not null);
create temp table household (
  id int primary key, tenure text, homes_owned int, usable_area_dm2 int, unsafe_housing boolean, monthly_rent bigint,
  vehicles int, liquid_assets bigint, debt bigint, support text, event text, event_on date);
create temp table member (
  household int, no int, relation int, born date, sex int, marital text, local_hukou boolean, employment text,
  work_capacity text, schooling text, wage_income bigint, business_income bigint, property_income bigint,
  transfer_income bigint, excluded_income bigint, illness text, disability_category int, disability_grade int,
  daily_activities_lost int, medical_self_paid bigint, education_cost bigint, rehabilitation_cost bigint,
  identities text[], primary key (household, no));
create temp table bill (household int, no int, total bigint, in_scope bigint, insured bigint);
create temp table told (household int primary key, coal boolean);
create temp table standard (id text, first date, last date, value numeric, surety text, doubted_from date);

create function pg_temp.total_step(numeric, numeric) returns numeric language sql as 'select $1 + $2';
create aggregate pg_temp.total(numeric) (sfunc = pg_temp.total_step, stype = numeric, initcond = '0');
create function pg_temp.some_step(boolean, boolean) returns boolean language sql as 'select $1 or $2';
create aggregate pg_temp.some(boolean) (sfunc = pg_temp.some_step, stype = boolean, initcond = 'false');
create function pg_temp.count_step(numeric, boolean) returns numeric language sql
  as 'select $1 + case when $2 then 1 when not $2 then 0 end';
create aggregate pg_temp.how_many(boolean) (sfunc = pg_temp.count_step, stype = numeric, initcond = '0');
create function pg_temp.more(numeric, numeric) returns numeric language sql
  as 'select case when $1 >= $2 then $1 when $1 < $2 then $2 end';
create function pg_temp.less(numeric, numeric) returns numeric language sql
  as 'select case when $1 <= $2 then $1 when $1 > $2 then $2 end';
-- Either of two, by a condition; when that is not known, still what both are.
create function pg_temp.pick(boolean, numeric, numeric) returns numeric language sql
  as 'select case when $1 then $2 when not $1 then $3 when $2 = $3 then $2 end';
create aggregate pg_temp.most(numeric) (sfunc = pg_temp.more, stype = numeric, initcond = '-1');

-- A standard on a day: nothing in a gap, nothing for a value that is null, and nothing uncertain for an entitlement.
-- "back" asks for the last day of an earlier year.
create temp table in_force (id text, back int, value numeric, primary key (id, back));
create function pg_temp.set_day(wanted date, sure boolean) returns void language sql as $$
  truncate legal_day, in_force;
  insert into legal_day values (wanted, sure);
  insert into in_force
  select distinct on (s.id, b.back) s.id, b.back,
    case when sure and (s.surety = 'uncertain' or s.doubted_from <= at.day) then null else s.value end
  from standard s, (values (0), (1)) b(back),
    lateral (select case when b.back = 0 then wanted else make_date(extract(year from wanted)::int - b.back, 12, 31) end as day) at
  where s.first <= at.day and (s.last is null or at.day <= s.last)
  order by s.id, b.back, s.first desc $$;
create function pg_temp.std(wanted text, back int default 0) returns numeric language sql stable
  as 'select value from in_force f where f.id = $1 and f.back = $2';
create function pg_temp.fen(wanted text, back int default 0) returns numeric language sql stable
  as 'select round(pg_temp.std(wanted, back) * 100)';
create function pg_temp.on_day() returns date language sql stable as 'select day from legal_day';
create function pg_temp.years(born date) returns int language sql stable
  as 'select extract(year from age(pg_temp.on_day(), born))::int';

-- The pack's indicators.
create temp table indicator (key text primary key, full_points int, otherwise numeric, without numeric, named boolean);
create temp table cut (indicator text, place int, op text, points numeric, value numeric, scale numeric, multiple_of text,
  parameter text, divide numeric, back int);
create temp table circumstance (indicator text, name text, points numeric);

create function pg_temp.over(numeric, numeric) returns numeric language sql as $$
  select case when $2 > 0 then $1 / $2 when $2 = 0 and $1 > 0 then 'Infinity' when $2 = 0 and $1 = 0 then 0 end $$;
