-- What a household is entitled to. A right is true, false, or NULL: a person has to see. Amounts are fen.
create temp table hh as
select s.*, s.car_ok and s.home_ok and s.money_ok as property_ok,
  s.poor and (s.car_ok and s.home_ok and s.money_ok) and s.local as on_dibao,
  case when s.day < date '2009-01-01' then false
       else s.lowly and (s.car_ok and s.home_ok and s.money_ok) and s.local end as low_income,
  h.support, h.event, s.day - h.event_on as days_since
from standing s join household h on h.id = s.household;

-- San wu: unable to work, nothing of one's own, nobody able who owes support.
create temp table destitute as
select p.household, p.no,
  p.counted and p.work_capacity = 'none' and p.income = 0 and h.support <> 'able' as is_so
from person p join household h on h.id = p.household;

-- Dibao by kind of person: July 2006 to 2014 a coefficient of the standard, from 2015 the highest of the uplifts.
create temp table dibao_person as
select p.household, p.counted, d.is_so as destitute,
  case when not p.counted then 0 when p.counted then round(h.dibao * case
      when d.is_so or ('overseas_chinese' = any(p.identities) and p.age >= a.old) then pg_temp.std('bj.dibao.coefficient.three_without')
      when not (d.is_so or ('overseas_chinese' = any(p.identities) and p.age >= a.old)) then case
        when p.age >= a.old or p.age < a.young or p.schooled or p.severe then pg_temp.std('bj.dibao.coefficient.elderly_child_severe')
        when not (p.age >= a.old or p.age < a.young or p.schooled or p.severe) then
          case when p.work_capacity = 'none' then pg_temp.std('bj.dibao.coefficient.lost_work_capacity')
               when p.work_capacity <> 'none' then pg_temp.std('bj.dibao.coefficient.able') end end end) end as own_standard,
  case when not p.counted then 0
       when p.counted and d.is_so then round(h.dibao * pg_temp.std('bj.dibao.uplift.dispersed_destitute'))
       when p.counted and not d.is_so then round(h.dibao * pg_temp.more(pg_temp.more(
           pg_temp.more(u.ill, u.disabled), pg_temp.more(u.old, u.young)), u.alone)) end as uplift
from person p
join hh h on h.household = p.household
join destitute d on d.household = p.household and d.no = p.no
cross join (select pg_temp.std('bj.dibao.age.elder') as old, pg_temp.std('bj.dibao.age.minor') as young) a
cross join lateral (select h.one_parent and (p.head or (p.counted and p.child_of_head
  and (p.age <= pg_temp.std('bj.dibao.age.child_of_lone_parent') or p.schooled))) as so) k
cross join lateral (select
  case when p.gravely_ill then pg_temp.std('bj.dibao.uplift.serious_illness') when not p.gravely_ill then 0 end as ill,
  case when p.severe then pg_temp.std('bj.dibao.uplift.severe_disability') when not p.severe then 0 end as disabled,
  case when p.age >= a.old then pg_temp.std('bj.dibao.uplift.elderly') when p.age < a.old then 0 end as old,
  case when p.age < a.young then pg_temp.std('bj.dibao.uplift.minor') when p.age >= a.young then 0 end as young,
  case k.so when true then pg_temp.std('bj.dibao.uplift.single_parent') when false then 0 end as alone) u;

create temp table dibao as
select h.household,
  -- from 2019 a severely disabled member of a low-income family may have dibao alone: for a person to see
  case when h.day < date '2019-01-01' or h.poor then h.poor
       when not h.poor and not (h.severe and h.lowly) then false end
    and h.car_ok and h.home_ok and h.money_ok and h.local as entitled,
  pg_temp.more(case when h.day < date '2006-07-01' then h.dibao * h.n
       when h.day < date '2015-01-01' then q.standards else h.dibao * h.n + q.uplifts end - h.net_monthly, 0) as amount
from hh h
join (select household, pg_temp.total(own_standard) as standards, pg_temp.total(uplift) as uplifts
      from dibao_person group by household) q on q.household = h.household;

create temp table tekun as
select h.household, pg_temp.some(d.is_so) and h.car_ok and h.home_ok and h.money_ok and h.local as entitled,
  pg_temp.some(d.is_so) as anybody,
  pg_temp.total(case when not d.is_so then 0 when d.is_so then pg_temp.fen('bj.tekun.basic')
    + round(pg_temp.fen('bj.min_wage') * case
        when p.daily_activities_lost >= pg_temp.std('national.destitute.activities.wholly') then pg_temp.std('bj.tekun.care.wholly_unable')
        when p.daily_activities_lost >= pg_temp.std('national.destitute.activities.partly') then pg_temp.std('bj.tekun.care.partly_unable')
        when p.daily_activities_lost >= 0 then pg_temp.std('bj.tekun.care.self_caring') end) end) as amount
from hh h join destitute d on d.household = h.household join person p on p.household = d.household and p.no = d.no
group by h.household, h.car_ok, h.home_ok, h.money_ok, h.local;

-- Steady income: wages in a job or a pension; who had nothing at all has none; between the two a person judges.
create temp table allowance_person as
select p.household, p.no, p.age, p.sex, p.severe, p.schooled, p.income, p.disabled, p.local_hukou,
  case when p.employment in ('employed', 'retired') then false
       when p.employment not in ('employed', 'retired') and p.income = 0 then true end as nothing_steady
from person p;
create temp table hardship_allowance as
select a.household, pg_temp.some(a.severe and a.nothing_steady) and not h.poor and h.local as so
from allowance_person a join hh h on h.household = a.household group by a.household, h.poor, h.local;

-- The season is 15 November to 15 March; with less than two months of it to go, half is paid.
create temp table heating as
select h.household, g.first or (h.day >= date '2018-11-15' and h.low_income) as entitled,
  case when to_char(h.day, 'MMDD') between '0116' and '0315' then round(w.whole * pg_temp.std('bj.heating.late_share'))
       else w.whole end as amount
from hh h join told t on t.household = h.household join tekun k on k.household = h.household
join hardship_allowance a on a.household = h.household
cross join lateral (select h.on_dibao or a.so or k.anybody as first) g
cross join lateral (select pg_temp.pick(g.first,
    pg_temp.pick(t.coal, pg_temp.fen('bj.heating.dibao.coal'), pg_temp.fen('bj.heating.central_cap')),
    pg_temp.pick(h.low_income, pg_temp.pick(t.coal, pg_temp.fen('bj.heating.low_income.coal'),
                                            pg_temp.fen('bj.heating.low_income.own_or_central')), null)) as whole) w;

create temp table festival as
select h.household, h.on_dibao or k.anybody as entitled,
  case when h.n <= pg_temp.std('bj.festival.one_to') then pg_temp.fen('bj.festival.one')
       when h.n > pg_temp.std('bj.festival.one_to') then pg_temp.fen('bj.festival.more') end as amount
from hh h join tekun k on k.household = h.household;

-- Living allowance for disabled people: before 2016 dibao or no work; from 2016 with low income and old people besides.
create temp table disability_person as
select a.household, h.day >= date '2008-01-01' and a.disabled and a.local_hukou and case when h.day < date '2016-01-01'
    then h.on_dibao or w.idle else h.on_dibao or h.low_income or w.idle or o.old end as entitled,
  case when h.day < date '2016-01-01'
    then pg_temp.pick(h.on_dibao, pg_temp.fen('bj.disability.living.dibao.any'), pg_temp.pick(w.idle, u.without_work, null))
    else pg_temp.pick(h.on_dibao,
      pg_temp.pick(a.severe, pg_temp.fen('bj.disability.living.dibao.severe'), pg_temp.fen('bj.disability.living.dibao.other')),
      pg_temp.pick(h.low_income,
        pg_temp.pick(a.severe, round(h.dibao * pg_temp.std('bj.disability.living.low_income.severe')), pg_temp.fen('bj.disability.living.low_income.other')),
        pg_temp.pick(w.idle, u.without_work, pg_temp.pick(o.old, pg_temp.fen('bj.disability.living.elderly.severe'), null))))
  end as amount
from allowance_person a join hh h on h.household = a.household
cross join lateral (select a.age >= pg_temp.std('bj.disability.working_from') and a.age < pg_temp.std('bj.disability.working_below')
  and (a.nothing_steady or a.schooled) as idle) w
cross join lateral (select a.severe and a.income < 12 * h.dibao and
  ((a.sex = 1 and a.age >= pg_temp.std('bj.disability.elderly_man')) or (a.sex = 2 and a.age >= pg_temp.std('bj.disability.elderly_woman'))) as old) o
cross join lateral (select pg_temp.pick(a.severe, round(h.dibao * pg_temp.std('bj.disability.living.no_income.severe')),
  pg_temp.fen('bj.disability.living.no_income.other')) as without_work) u;
create temp table disability as
select household, pg_temp.some(entitled) as entitled,
  pg_temp.total(case when not entitled then 0 when entitled then amount end) as amount
from disability_person group by household;

-- A bill is borne in the law's order: insurance, then government (by person, up to the year's cap), then charity.
create temp table bills_of as
select p.household, p.no, p.gravely_ill, coalesce(b.total, 0) as total, coalesce(b.insured, 0) as insured,
  case when coalesce(b.in_scope, 0) > coalesce(b.insured, 0) then b.in_scope - b.insured else 0 end as own_in_scope
from person p left join (select household, no, sum(total) as total, sum(in_scope) as in_scope, sum(insured) as insured
  from bill group by household, no) b using (household, no);
create temp table aid_of as
select b.*, pg_temp.less(pg_temp.fen('bj.medical_aid.inpatient.cap'), round(pg_temp.std('bj.medical_aid.inpatient.ratio')
  * case when pg_temp.on_day() < date '2012-01-01' then pg_temp.more(b.own_in_scope - pg_temp.fen('bj.medical_aid.deductible'), 0)
         else b.own_in_scope end)) as aid
from bills_of b;
create temp table medical as
select h.household, pg_temp.total(a.aid) as aid, sum(a.own_in_scope) as burden,
  (h.poor or h.lowly) and h.car_ok and h.home_ok and h.money_ok and h.local and sum(a.own_in_scope) > 0 as entitled
from hh h join aid_of a on a.household = h.household
group by h.household, h.poor, h.lowly, h.car_ok, h.home_ok, h.money_ok, h.local;
create temp table charity as
select h.household, c.rest,
  c.rest > 0 and c.rest >= pg_temp.fen('xicheng.charity.spring_rain.floor')
    and (h.poor or h.lowly) and h.car_ok and h.home_ok and h.money_ok as entitled,
  pg_temp.less(round(c.rest * pg_temp.std('xicheng.charity.spring_rain.ratio')), pg_temp.fen('xicheng.charity.spring_rain.cap')) as amount
from hh h join (select household, pg_temp.total(case when total = 0 or not gravely_ill then 0
    when gravely_ill then pg_temp.more(total - insured - aid, 0) end) as rest from aid_of group by household) c
  on c.household = h.household;

create temp table relief as
select h.household, e.recent,
  e.recent and case when h.day < date '2015-06-01' then h.local when h.local then true end as entitled,
  round(h.dibao * h.n * case when h.event = 'none' then 0 else pg_temp.std('bj.temporary_relief.tier_'
    || pg_temp.std('xicheng.temporary_relief.event.' || h.event)::int) end) as amount
from hh h cross join lateral (select case when h.event = 'none' then false
  when h.event <> 'none' then h.days_since between 0 and pg_temp.std('xicheng.event.within') end as recent) e;
