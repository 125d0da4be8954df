-- Means: decree 271 (1999), the sorted system of July 2006 and of 2015, order 220 (December 2012), order 57 (July 2021),
-- the guide on economic standing (June 2012, limits of 2019). Amounts are fen of twelve months unless they say monthly.
create temp table person as
select m.household, m.no, m.relation, m.sex, m.employment, m.illness, m.schooling, m.work_capacity, m.identities,
  m.disability_category as kind, m.daily_activities_lost, m.local_hukou,
  pg_temp.years(m.born) as age,
  -- kin whom the law binds; the later orders leave out those who are away by law
  (m.relation not between 80 and 96 and m.relation <> 99
     and not (pg_temp.on_day() >= date '2012-12-12' and m.identities && array['in_prison', 'religious_away'])
     and not (pg_temp.on_day() >= date '2021-07-01' and m.identities && array['in_compulsory_rehab', 'declared_missing'])
  ) as counted,
  pg_temp.more(m.wage_income + m.business_income + m.property_income + m.transfer_income - m.excluded_income, 0) as income,
  pg_temp.more(m.wage_income + m.business_income, 0) as earned,
  m.employment in ('employed', 'flexible') as works,
  m.schooling in ('compulsory', 'senior', 'vocational', 'higher') as schooled,
  m.illness = 'serious' as gravely_ill,
  -- blind and lame of grades 1 and 2 (and more kinds at once), of intellect and mind 1 to 3; nobody without a card
  case when m.disability_category = 0 then false
       else (m.disability_category in (5, 6) and m.disability_grade in (1, 2, 3))
         or (m.disability_category in (1, 4, 7) and m.disability_grade in (1, 2)) end as severe,
  m.disability_category > 0 as disabled,
  m.relation between 20 and 39 as child_of_head,
  m.relation = 2 as head,
  m.relation = 2 and m.marital <> 'married' as single_head,
  m.relation in (10, 11, 12) as wed,
  m.wage_income, m.transfer_income, m.medical_self_paid, m.education_cost, m.rehabilitation_cost
from member m;

create temp table family as
select p.household,
  pg_temp.how_many(p.counted) as n,
  count(*) as everybody,
  pg_temp.total(case when p.counted then p.income else 0 end) as income,
  pg_temp.some(p.local_hukou) as local,
  pg_temp.some(p.kind in (4, 7)) as lame,
  pg_temp.some(p.severe) as severe,
  pg_temp.some(p.counted and (p.gravely_ill or p.severe)) as burdened,
  pg_temp.some(p.counted and p.age >= pg_temp.std('bj.dibao.age.supporter') and not p.severe) as old_carer,
  pg_temp.some(p.single_head) and not pg_temp.some(p.wed)
    and pg_temp.some(p.counted and p.child_of_head
      and (p.age <= pg_temp.std('bj.dibao.age.child_of_lone_parent') or p.schooled)) as one_parent,
  pg_temp.total(case when not p.counted or not p.works then 0 when p.works then
    pg_temp.less(p.earned, 12 * round(pg_temp.fen('bj.dibao.urban') * pg_temp.std('bj.dibao.employment_disregard'))) end) as work_allowance
from person p group by p.household;

create temp table means as
select f.*, d.day,
  case
    when d.day < date '2006-07-01' then 0
    when d.day < date '2015-01-01' then f.work_allowance
      + case when not (f.severe and f.old_carer) then 0 when f.severe and f.old_carer
             then 12 * round(s.dibao * pg_temp.std('bj.dibao.severe_disability_deduction')) end
    else 12 * (
        case when not f.burdened then 0 when f.burdened
             then round(s.dibao * pg_temp.std('bj.dibao.income_reduction.illness_or_severe_disability')) end
      + case when not (f.burdened and f.old_carer) then 0 when f.burdened and f.old_carer
             then round(s.dibao * pg_temp.std('bj.dibao.income_reduction.supporter_over_60')) end
      + case when not f.one_parent then 0 when f.one_parent
             then round(s.dibao * pg_temp.std('bj.dibao.income_reduction.single_parent')) end)
  end as reductions,
  s.dibao
from family f, legal_day d, (select pg_temp.fen('bj.dibao.urban') as dibao) s;

create temp table standing as
select m.*, r.net, floor(r.net / 12) as net_monthly,
  case when m.n > 0 then r.net < 12 * m.n * m.dibao end as poor,
  case when m.day < date '2009-01-01' then false when m.n > 0 then r.net < 12 * m.n * pg_temp.fen('bj.low_income') end as lowly,
  case when m.n > 0 then ceil(r.net / (12 * m.n)) end as a_head,
  case when m.day < date '2012-06-01' then true
       when h.vehicles < pg_temp.std('bj.property_limit.vehicles') then true
       when h.vehicles >= pg_temp.std('bj.property_limit.vehicles') and not m.lame then false end as car_ok,
  case when m.day < date '2012-06-01' then true
       when h.homes_owned + (h.tenure = 'public_rent')::int < pg_temp.std('bj.property_limit.homes') then true
       when h.homes_owned + (h.tenure = 'public_rent')::int >= pg_temp.std('bj.property_limit.homes') then
         case when m.day < date '2019-01-01' then
                case when h.usable_area_dm2 < m.n * 100 * pg_temp.std('bj.property_limit.homes_exempt.usable_area_per_head') then true
                     when h.usable_area_dm2 >= 100 * pg_temp.std('bj.property_limit.homes_exempt.built_area') then false end
              when h.usable_area_dm2 >= m.n * 100 * pg_temp.std('bj.built_area_per_head', 1) then false end
  end as home_ok,
  case when m.day < date '2012-06-01' or h.liquid_assets = 0 then true
       when m.day >= date '2019-01-01' then h.liquid_assets <= l.money end as money_ok,
  l.money
from means m
join household h on h.id = m.household
cross join lateral (select pg_temp.more(m.income - m.reductions, 0) as net) r
cross join lateral (select case when m.day >= date '2019-01-01' then m.n * round(pg_temp.fen('bj.consumption_per_capita', 1)
  * pg_temp.std(case when m.n <= 2 then 'bj.property_limit.money.small_household' else 'bj.property_limit.money.large_household' end)) end as money) l;
