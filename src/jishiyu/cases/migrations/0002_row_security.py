"""Who sees and writes cases; steps and chains that stay; and no award without its closed chain of aid."""

from django.db import migrations

from jishiyu.foundations.row_security import AGENCY, AREA, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through

OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
OWN_AGENCY = f"({SCOPE} = 'agency' and lead_agency_id = {AGENCY})"
THROUGH_CASE = seen_through("cases_case", "case_id")
THROUGH_AWARD = seen_through("cases_award", "award_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"  # audit reads all and writes nothing

# Runs as the owner: at commit nobody acts any more, and the check must see the whole chain whoever wrote it.
CLOSED = """
create sequence cases_case_numbers;

create function cases_chain_rank(kind varchar) returns int language sql immutable as $$
  select array_position(array['need', 'own_income', 'basic_insurance', 'critical_insurance', 'supplementary_insurance',
    'commercial_insurance', 'other_aid', 'government', 'charity', 'uncovered']::varchar[], kind) $$;

create function cases_chain_closed(asked uuid) returns void language plpgsql security definer set search_path = public as $$
declare given cases_award%rowtype; total record; disordered int;
begin
  select * into given from cases_award where id = asked;
  if not found then return; end if;
  select count(*) as lines, min(position) as first, max(position) as last,
         count(*) filter (where kind = 'need') as needs,
         count(*) filter (where kind = 'need' and amount = given.need and position = 0) as need_first,
         count(*) filter (where kind = 'uncovered') as rests,
         coalesce(sum(amount) filter (where kind <> 'need'), 0) as parts,
         coalesce(sum(amount) filter (where kind in ('government', 'charity')), 0) as aid,
         count(*) filter (where cases_chain_rank(kind) is null) as unknown
    into total from cases_chainline where award_id = asked;
  select count(*) into disordered from (
    select cases_chain_rank(kind) < lag(cases_chain_rank(kind)) over (order by position) as back
      from cases_chainline where award_id = asked) walked where back;
  if total.lines < 2 or total.first <> 0 or total.last <> total.lines - 1 or total.needs <> 1 or total.need_first <> 1
     or total.rests <> 1 or total.unknown > 0 or disordered > 0 or total.parts <> given.need or total.aid <> given.amount then
    raise exception 'award % has no closed chain: need %, parts %, aid % of %', asked, given.need, total.parts, total.aid, given.amount
      using errcode = 'check_violation', constraint = 'cases_award_chain_closed';
  end if;
end $$;

create function cases_award_checks_chain() returns trigger language plpgsql security definer set search_path = public as $$
begin perform cases_chain_closed(new.id); return null; end $$;
create function cases_line_checks_chain() returns trigger language plpgsql security definer set search_path = public as $$
begin perform cases_chain_closed(new.award_id); return null; end $$;

create constraint trigger cases_award_chain_closed after insert or update on cases_award
  deferrable initially deferred for each row execute function cases_award_checks_chain();
create constraint trigger cases_line_chain_closed after insert on cases_chainline
  deferrable initially deferred for each row execute function cases_line_checks_chain();

create function cases_award_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or (to_jsonb(new) - 'last_month') is distinct from (to_jsonb(old) - 'last_month') then
    raise exception 'an award stays as decided: only its last month may be set; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_award_no_change before update or delete on cases_award for each row execute function cases_award_stays();
create trigger cases_award_no_truncate before truncate on cases_award for each statement execute function cases_award_stays();
"""
UNDO = """
drop trigger cases_award_no_truncate on cases_award;
drop trigger cases_award_no_change on cases_award;
drop trigger cases_line_chain_closed on cases_chainline;
drop trigger cases_award_chain_closed on cases_award;
drop function cases_award_stays(); drop function cases_line_checks_chain(); drop function cases_award_checks_chain();
drop function cases_chain_closed(uuid); drop function cases_chain_rank(varchar);
drop sequence cases_case_numbers;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("registry", "0002_row_security")]

    operations = [
        protect("cases_case", see=f"{SEES_ALL} or {OWN_AREA} or {OWN_AGENCY}", write=f"{WRITES_ALL} or {OWN_AREA} or {OWN_AGENCY}"),
        protect("cases_casestep", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}", change=False),
        protect("cases_homevisit", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}", change=False),
        protect("cases_award", see=THROUGH_CASE, write=f"{THROUGH_CASE} and {NOT_AUDIT}"),
        protect("cases_chainline", see=THROUGH_AWARD, write=f"{THROUGH_AWARD} and {NOT_AUDIT}", change=False),
        append_only("cases_casestep"),
        append_only("cases_homevisit"),
        append_only("cases_chainline"),
        migrations.RunSQL(CLOSED, UNDO),
    ]
