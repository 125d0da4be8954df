-- The hardship score: what each indicator measures, as an exact number or as the word of a case, and the points for it.
-- The cut-offs, their points and the weights are the pack's (data); what is measured, and how it is compared, is written here.
create temp table facts_of as
select s.household, s.income, s.net, s.n, s.everybody, s.money, s.one_parent, h.liquid_assets, h.debt, h.usable_area_dm2,
  h.unsafe_housing, h.tenure, h.monthly_rent, h.support, h.event, s.day - h.event_on as days_since, p.*
from standing s join household h on h.id = s.household
join lateral (select
  pg_temp.some(p.counted and ((p.employment = 'employed' and p.wage_income > 0) or (p.employment = 'retired' and p.transfer_income > 0))) as steady,
  pg_temp.total(p.medical_self_paid) as self_paid,
  pg_temp.total(p.medical_self_paid) + pg_temp.total(p.education_cost) + pg_temp.total(p.rehabilitation_cost) as rigid,
  pg_temp.how_many(p.gravely_ill) as grave, pg_temp.some(p.illness = 'chronic') as chronic,
  pg_temp.some(p.severe) as any_severe, pg_temp.some(p.disabled) as any_disabled, pg_temp.how_many(p.disabled) as disabled_people,
  pg_temp.some(p.age >= pg_temp.std('xicheng.indicator.age.elder')) as any_elder,
  pg_temp.most(p.daily_activities_lost) as lost, max(p.age) as oldest,
  pg_temp.how_many(w.able) as able, pg_temp.how_many(w.able and not p.works) as idle, pg_temp.how_many(p.works) as workers,
  pg_temp.how_many(p.schooling in ('senior', 'vocational', 'higher')) as students,
  pg_temp.some((p.age < pg_temp.std('xicheng.indicator.age.adult') and p.identities && array['orphan', 'unsupervised_child'])
    or (p.age >= pg_temp.std('xicheng.indicator.age.school_from') and p.age < pg_temp.std('xicheng.indicator.age.school_to')
        and p.schooling = 'none')) as child_in_need,
  pg_temp.some('bereaved_parent' = any(p.identities)) as bereaved
  from person p cross join lateral (select p.age between pg_temp.std('xicheng.indicator.age.working_from')
      and pg_temp.std('xicheng.indicator.age.working_to') and p.employment not in ('student', 'retired')
      and p.work_capacity <> 'none' as able) w
  where p.household = s.household) p on true;

create temp table measured as
select f.household, m.indicator, m.value, m.word, m.word is not null or m.value is not null as known
from facts_of f cross join lateral (values
  ('inc_ratio', f.net / (12 * f.n), null),
  ('inc_stability', null, case when f.income = 0 then 'none' when f.income > 0 and f.steady then 'steady'
                               when f.income > 0 and not f.steady then 'flexible' end),
  ('liquid_assets', pg_temp.over(f.liquid_assets, f.money), null),
  ('oop_share', pg_temp.over(f.self_paid, f.income), null),
  ('major_ill', null, case when f.grave >= 2 then 'two_serious' when f.grave = 1 then 'one_serious'
                           when f.grave = 0 and f.chronic then 'chronic' when f.grave = 0 and not f.chronic then '' end),
  ('oop_abs', f.self_paid, null),
  ('dis_level', null, case when not f.any_disabled then '' when f.any_severe then 'severe'
                           when f.any_disabled and not f.any_severe then 'other' end),
  ('adl', f.lost, null),
  ('multi', null, case when f.disabled_people >= 2 or (f.disabled_people = 1 and f.any_elder) then 'several_or_old'
                       when not (f.disabled_people >= 2 or (f.disabled_people = 1 and f.any_elder)) then '' end),
  ('rigid_ratio', pg_temp.over(f.rigid, f.income), null),
  ('debt', pg_temp.over(f.debt, f.income), null),
  ('area', f.usable_area_dm2::numeric / f.everybody, null),
  ('safety', null, case when f.unsafe_housing then 'unsafe' when not f.unsafe_housing then '' end),
  ('rent_burden', case when f.tenure in ('public_rent', 'private_rent') then pg_temp.over(12 * f.monthly_rent, f.income)
                       when f.tenure is not null then pg_temp.over(0, f.income) end, null),
  ('able_unemployed', null, case when f.idle = 0 then '' when f.idle = f.able then 'all' when f.idle <> f.able then 'some' end),
  ('dependency', pg_temp.over(f.everybody - f.workers, f.workers), null),
  ('in_school', f.students, null),
  ('child_risk', null, case when f.child_in_need then 'at_risk' when not f.child_in_need then '' end),
  ('type', null, case
     when f.bereaved or (f.everybody = 1 and f.oldest >= pg_temp.std('xicheng.indicator.age.very_old')) then 'bereaved_or_alone_80'
     when f.everybody = 1 then case when f.oldest >= pg_temp.std('xicheng.indicator.age.elder') then 'alone_60' else '' end
     when f.one_parent then 'single_parent' when not f.one_parent then '' end),
  ('support', null, f.support),
  ('event', null, case when f.event = 'none' then '' when f.days_since between 0 and pg_temp.std('xicheng.event.within') then f.event
                       when f.event <> 'none' and f.days_since is not null then '' end)
) m(indicator, value, word);

create temp table bound as
select c.indicator, c.place, c.op, c.points,
  case when c.parameter is not null then pg_temp.fen(c.parameter, c.back) / c.divide
       when c.multiple_of is not null then c.value * pg_temp.fen(c.multiple_of)
       else c.value * c.scale end as value
from cut c;

create temp table worth as
select m.household, m.indicator, i.full_points,
  case when i.named then coalesce(c.points, i.otherwise)
       when m.value = 'Infinity' and i.without is not null then i.without
       when hit.place < coalesce(doubt.place, 99) then hit.points
       when doubt.place is null then i.otherwise end as points,
  i.named, m.known, doubt.most, i.otherwise
from measured m join indicator i on i.key = m.indicator
left join circumstance c on c.indicator = m.indicator and c.name = m.word
left join lateral (select b.place, b.points from bound b where b.indicator = m.indicator and case b.op
    when '<' then m.value < b.value when '<=' then m.value <= b.value when '>' then m.value > b.value
    when '>=' then m.value >= b.value end order by b.place limit 1) hit on true
left join lateral (select min(b.place) as place, (select max(later.points) from bound later where later.indicator = m.indicator
    and later.place >= min(b.place)) as most from bound b where b.indicator = m.indicator and b.value is null) doubt on true;

create temp table score as
select w.household,
  sum(case when w.known then floor((2 * w.full_points * coalesce(w.points, 0) + 1) / 2) else 0 end) as score,
  sum(floor((2 * w.full_points * case
    when w.known and w.points is not null then w.points
    when w.known then greatest(w.otherwise, w.most)
    when w.named then (select max(points) from circumstance c where c.indicator = w.indicator)
    else 1 end + 1) / 2)) as highest
from worth w group by w.household;
