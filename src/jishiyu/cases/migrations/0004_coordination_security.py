"""Who sees and writes bills, late payments and recoveries; that revised chains and bills close as well; and that no fen is given twice."""

from django.db import migrations

from jishiyu.foundations.row_security import SCOPE, append_only, protect, seen_through

THROUGH_AWARD = seen_through("cases_award", "award_id")
THROUGH_BILL = seen_through("cases_billchain", "chain_id")
THROUGH_REVISION = seen_through("cases_chainrevision", "revision_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"

# As with awards: the functions run as the owner, so that the check at commit sees every row whoever wrote it.
CLOSED = """
create function cases_revision_closed(asked uuid) returns void language plpgsql security definer set search_path = public as $$
declare given cases_chainrevision%rowtype; decided cases_award%rowtype; total record; disordered int;
begin
  select * into given from cases_chainrevision where id = asked;
  if not found then return; end if;
  select * into decided from cases_award where id = given.award_id;
  select count(*) as lines, min(position) as first, max(position) as last,
         count(*) filter (where kind = 'need') as needs,
         count(*) filter (where kind = 'need' and amount = given.need and position = 0) as need_first,
         count(*) filter (where kind = 'uncovered') as rests,
         coalesce(sum(amount) filter (where kind <> 'need'), 0) as parts,
         coalesce(sum(amount) filter (where kind in ('government', 'charity')), 0) as aid,
         count(*) filter (where cases_chain_rank(kind) is null) as unknown
    into total from cases_revisedline where revision_id = asked;
  select count(*) into disordered from (
    select cases_chain_rank(kind) < lag(cases_chain_rank(kind)) over (order by position) as back
      from cases_revisedline where revision_id = asked) walked where back;
  if total.lines < 2 or total.first <> 0 or total.last <> total.lines - 1 or total.needs <> 1 or total.need_first <> 1
     or total.rests <> 1 or total.unknown > 0 or disordered > 0 or total.parts <> given.need or total.aid <> given.amount
     or given.need <> decided.need or given.amount > decided.amount then
    raise exception 'revision % has no closed chain: need %, parts %, aid % of %, % decided', asked, given.need, total.parts,
      total.aid, given.amount, decided.amount using errcode = 'check_violation', constraint = 'cases_revision_chain_closed';
  end if;
end $$;

create function cases_bill_closed(asked uuid) returns void language plpgsql security definer set search_path = public as $$
declare given cases_billchain%rowtype; total record; disordered int; whole record; aid_due bigint; need_due bigint;
begin
  select * into given from cases_billchain where id = asked;
  if not found then return; end if;
  select count(*) as lines, min(position) as first, max(position) as last,
         count(*) filter (where kind = 'need') as needs,
         count(*) filter (where kind = 'need' and amount = given.need and position = 0) as need_first,
         count(*) filter (where kind = 'uncovered') as rests,
         coalesce(sum(amount) filter (where kind <> 'need'), 0) as parts,
         count(*) filter (where cases_chain_rank(kind) is null) as unknown
    into total from cases_billline where chain_id = asked;
  select count(*) into disordered from (
    select cases_chain_rank(kind) < lag(cases_chain_rank(kind)) over (order by position) as back
      from cases_billline where chain_id = asked) walked where back;
  if total.lines < 2 or total.first <> 0 or total.last <> total.lines - 1 or total.needs <> 1 or total.need_first <> 1
     or total.rests <> 1 or total.unknown > 0 or disordered > 0 or total.parts <> given.need then
    raise exception 'bill % has no closed chain: need %, parts %', asked, given.need, total.parts
      using errcode = 'check_violation', constraint = 'cases_bill_chain_closed';
  end if;
  -- All bills of an award together are its chain.
  select coalesce(sum(line.amount) filter (where line.kind = 'need'), 0) as need,
         coalesce(sum(line.amount) filter (where line.kind in ('government', 'charity')), 0) as aid
    into whole from cases_billline line join cases_billchain own on own.id = line.chain_id
   where own.award_id = given.award_id and own.number = given.number;
  if given.number = 0 then
    select need, amount into need_due, aid_due from cases_award where id = given.award_id;
  else
    select need, amount into need_due, aid_due from cases_chainrevision
     where award_id = given.award_id and number = given.number;
  end if;
  if whole.need is distinct from need_due or whole.aid is distinct from aid_due then
    raise exception 'the bills of award % are not its chain: need % of %, aid % of %', given.award_id, whole.need, need_due,
      whole.aid, aid_due using errcode = 'check_violation', constraint = 'cases_bills_are_the_chain';
  end if;
  perform cases_bill_within(given.bill);
end $$;

-- What stands on a bill by its newest chains: aid of every award, and the most that any of them knows insurance paid.
create function cases_bill_borne(asked varchar, besides uuid) returns table (total bigint, insured bigint, aid bigint)
language sql stable security definer set search_path = public as $$
  select min(newest.need)::bigint, coalesce(max(newest.insured), 0)::bigint, coalesce(sum(newest.aid), 0)::bigint from (
    select distinct on (own.award_id) own.award_id, own.need,
           (select coalesce(sum(amount), 0) from cases_billline where chain_id = own.id and kind like '%insurance') as insured,
           (select coalesce(sum(amount), 0) from cases_billline where chain_id = own.id and kind in ('government', 'charity')) as aid
      from cases_billchain own join cases_award award on award.id = own.award_id
     where own.bill = asked and own.award_id is distinct from besides
       and (award.last_month is null or award.last_month >= award.first_month)
     order by own.award_id, own.number desc) newest $$;

create function cases_bill_within(asked varchar) returns void language plpgsql security definer set search_path = public as $$
declare borne record;
begin
  -- Of two awards on one bill at once the second waits here until the first is there to be counted.
  perform pg_advisory_xact_lock(hashtextextended('cases bill ' || asked, 0));
  select * into borne from cases_bill_borne(asked, null);
  if borne.insured + borne.aid > borne.total then
    raise exception 'bill % is paid more than once: insurance % and aid % of %', asked, borne.insured, borne.aid, borne.total
      using errcode = 'check_violation', constraint = 'cases_bill_never_twice';
  end if;
end $$;

-- What an award gives of a fund since its newest revision, or as decided.
create function cases_chain_due(asked uuid, of_fund varchar) returns bigint
language plpgsql stable security definer set search_path = public as $$
declare newest uuid; due bigint;
begin
  select id into newest from cases_chainrevision where award_id = asked order by number desc limit 1;
  if newest is null then
    select coalesce(sum(amount), 0) into due from cases_chainline where award_id = asked and kind = of_fund;
  else
    select coalesce(sum(amount), 0) into due from cases_revisedline where revision_id = newest and kind = of_fund;
  end if;
  return due;
end $$;

create function cases_checks_revision() returns trigger language plpgsql security definer set search_path = public as $$
begin perform cases_revision_closed(new.id); return null; end $$;
create function cases_checks_revised_line() returns trigger language plpgsql security definer set search_path = public as $$
begin perform cases_revision_closed(new.revision_id); return null; end $$;
create function cases_checks_bill() returns trigger language plpgsql security definer set search_path = public as $$
begin perform cases_bill_closed(new.id); return null; end $$;
create function cases_checks_bill_line() returns trigger language plpgsql security definer set search_path = public as $$
begin perform cases_bill_closed(new.chain_id); return null; end $$;
create constraint trigger cases_revision_chain_closed after insert on cases_chainrevision
  deferrable initially deferred for each row execute function cases_checks_revision();
create constraint trigger cases_revised_line_closed after insert on cases_revisedline
  deferrable initially deferred for each row execute function cases_checks_revised_line();
create constraint trigger cases_bill_chain_closed after insert on cases_billchain
  deferrable initially deferred for each row execute function cases_checks_bill();
create constraint trigger cases_bill_line_closed after insert on cases_billline
  deferrable initially deferred for each row execute function cases_checks_bill_line();

create function cases_recovery_forward() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE'
     or (to_jsonb(new) - array['state', 'confirmed_at', 'confirmed_by', 'settled_at', 'settled_by', 'document_no', 'because'])
        is distinct from (to_jsonb(old) - array['state', 'confirmed_at', 'confirmed_by', 'settled_at', 'settled_by', 'document_no', 'because'])
     or (old.state, new.state) not in (('proposed', 'open'), ('proposed', 'waived'), ('open', 'paid'), ('open', 'waived')) then
    raise exception 'a recovery stays as computed and goes forward only; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_recovery_no_change before update or delete on cases_recovery
  for each row execute function cases_recovery_forward();
create trigger cases_recovery_no_truncate before truncate on cases_recovery
  for each statement execute function cases_recovery_forward();

create function cases_waiting_closes() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.closed_on is not null
     or (to_jsonb(new) - array['closed_on', 'closed_by', 'because']) is distinct from (to_jsonb(old) - array['closed_on', 'closed_by', 'because']) then
    raise exception 'a waiting need can only be closed, once; % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger cases_waiting_no_change before update or delete on cases_waitingneed
  for each row execute function cases_waiting_closes();
create trigger cases_waiting_no_truncate before truncate on cases_waitingneed
  for each statement execute function cases_waiting_closes();
"""
UNDO = """
drop trigger cases_waiting_no_truncate on cases_waitingneed; drop trigger cases_waiting_no_change on cases_waitingneed;
drop function cases_waiting_closes();
drop trigger cases_recovery_no_truncate on cases_recovery; drop trigger cases_recovery_no_change on cases_recovery;
drop function cases_recovery_forward();
drop trigger cases_bill_line_closed on cases_billline; drop trigger cases_bill_chain_closed on cases_billchain;
drop trigger cases_revised_line_closed on cases_revisedline; drop trigger cases_revision_chain_closed on cases_chainrevision;
drop function cases_checks_bill_line(); drop function cases_checks_bill();
drop function cases_checks_revised_line(); drop function cases_checks_revision();
drop function cases_chain_due(uuid, varchar);
drop function cases_bill_closed(uuid); drop function cases_bill_within(varchar); drop function cases_bill_borne(varchar, uuid);
drop function cases_revision_closed(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_coordination")]

    operations = [
        *(
            protect(table, see=through, write=f"{through} and {NOT_AUDIT}", change=False)
            for table, through in (
                ("cases_billchain", THROUGH_AWARD),
                ("cases_billline", THROUGH_BILL),
                ("cases_chainrevision", THROUGH_AWARD),
                ("cases_revisedline", THROUGH_REVISION),
            )
        ),
        # A payment told on one award is seen by whoever sees any award that it changed.
        protect(
            "cases_latepayment",
            see=f"{THROUGH_AWARD} or exists (select 1 from cases_chainrevision changed where changed.late_id = cases_latepayment.id)",
            write=f"{THROUGH_AWARD} and {NOT_AUDIT}",
            change=False,
        ),
        protect("cases_recovery", see=THROUGH_AWARD, write=f"{THROUGH_AWARD} and {NOT_AUDIT}"),
        protect("cases_waitingneed", see=THROUGH_AWARD, write=f"{THROUGH_AWARD} and {NOT_AUDIT}"),
        *(
            append_only(table)
            for table in (
                "cases_billchain", "cases_billline", "cases_latepayment", "cases_chainrevision", "cases_revisedline",
            )
        ),
        migrations.RunSQL(CLOSED, UNDO),
    ]  # fmt: skip
