"""The ledger's own law, kept by the database: nothing is changed, nothing is overdrawn, nothing is paid twice or from the wrong money.

The functions run as the owner, so that they see every row whoever acts, and at commit when nobody acts any more.
"""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through

DEPOSITS = """
create function funds_deposit_arrives() returns trigger language plpgsql security definer set search_path = public as $$
declare earlier funds_deposit%rowtype;
begin
  if new.reverses_id is null then
    insert into funds_balance (deposit_id, "left") values (new.id, new.amount);
    return null;
  end if;
  select * into earlier from funds_deposit where id = new.reverses_id;
  if earlier.reverses_id is not null or earlier.amount <> -new.amount or earlier.source_id <> new.source_id
     or earlier.purpose <> new.purpose then
    raise exception 'a deposit is taken back as a whole and once' using errcode = 'check_violation', constraint = 'funds_reversal_mirrors';
  end if;
  update funds_balance set "left" = "left" + new.amount where deposit_id = earlier.id;
  return null;
end $$;
create trigger funds_deposit_arrives after insert on funds_deposit for each row execute function funds_deposit_arrives();
"""

PAYMENTS = """
create function funds_payment_due() returns trigger language plpgsql security definer set search_path = public as $$
declare award cases_award%rowtype; earlier funds_payment%rowtype; fixed bigint; whose record;
begin
  if new.reverses_id is not null then
    select * into earlier from funds_payment where id = new.reverses_id;
    if earlier.reverses_id is not null or (earlier.award_id, earlier.household_id, earlier.item, earlier.programme, earlier.fund, earlier.month,
        earlier.attempt, earlier.amount) is distinct from (new.award_id, new.household_id, new.item, new.programme, new.fund, new.month,
        new.attempt, -new.amount) then
      raise exception 'a payment is reversed as a whole and once' using errcode = 'check_violation', constraint = 'funds_reversal_mirrors';
    end if;
    return new;
  end if;
  select * into award from cases_award where id = new.award_id for share;
  select household_id, programme into whose from cases_case where id = award.case_id;
  if (award.household_id, award.item, whose.programme) is distinct from (new.household_id, new.item, new.programme) then
    raise exception 'payment is not of its award' using errcode = 'check_violation', constraint = 'funds_payment_of_its_award';
  end if;
  if award.frequency = 'monthly' then
    if new.month < date_trunc('month', award.first_month) or new.month > award.last_month then
      raise exception 'award % has nothing due for %', award.id, new.month using errcode = 'check_violation', constraint = 'funds_payment_when_due';
    end if;
  elsif new.month <> date_trunc('month', award.first_month)::date or award.last_month < award.first_month then
    raise exception 'award % is paid once, for its first month', award.id using errcode = 'check_violation', constraint = 'funds_payment_when_due';
  end if;
  select coalesce(sum(amount), 0) into fixed from cases_chainline where award_id = award.id and kind = new.fund;
  if new.amount <> fixed then
    raise exception 'award % gives % of %, not %', award.id, fixed, new.fund, new.amount
      using errcode = 'check_violation', constraint = 'funds_payment_as_decided';
  end if;
  if new.attempt > 1 and not exists (
      select 1 from funds_payment before join funds_payment back on back.reverses_id = before.id
      where before.award_id = new.award_id and before.month = new.month and before.fund = new.fund and before.attempt = new.attempt - 1) then
    raise exception 'paid again before it came back' using errcode = 'check_violation', constraint = 'funds_paid_once';
  end if;
  return new;
end $$;
create trigger funds_payment_due before insert on funds_payment for each row execute function funds_payment_due();

create function funds_payment_balanced(asked uuid) returns void language plpgsql security definer set search_path = public as $$
declare paid funds_payment%rowtype; parts bigint;
begin
  select * into paid from funds_payment where id = asked;
  if paid.reverses_id is null then
    select coalesce(sum(amount), 0) into parts from funds_allocation where payment_id = asked;
    if parts = paid.amount then return; end if;
  elsif not exists (
      (select deposit_id, -amount from funds_allocation where payment_id = asked
       except select deposit_id, amount from funds_allocation where payment_id = paid.reverses_id)
      union all
      (select deposit_id, amount from funds_allocation where payment_id = paid.reverses_id
       except select deposit_id, -amount from funds_allocation where payment_id = asked)) then
    return;
  end if;
  raise exception 'payment % is not borne by its deposits to the fen', asked
    using errcode = 'check_violation', constraint = 'funds_payment_balanced';
end $$;
create function funds_payment_checks() returns trigger language plpgsql security definer set search_path = public as $$
begin perform funds_payment_balanced(new.id); return null; end $$;
create function funds_allocation_checks() returns trigger language plpgsql security definer set search_path = public as $$
begin perform funds_payment_balanced(new.payment_id); return null; end $$;
create constraint trigger funds_payment_balanced after insert on funds_payment
  deferrable initially deferred for each row execute function funds_payment_checks();
create constraint trigger funds_allocation_balanced after insert on funds_allocation
  deferrable initially deferred for each row execute function funds_allocation_checks();

create function funds_allocation_taken() returns trigger language plpgsql security definer set search_path = public as $$
declare paid funds_payment%rowtype; held funds_deposit%rowtype; kind varchar;
begin
  select * into paid from funds_payment where id = new.payment_id;
  select * into held from funds_deposit where id = new.deposit_id;
  select source.kind into kind from funds_source source where id = held.source_id;
  if held.source_id <> new.source_id or held.reverses_id is not null or (new.amount > 0) <> (paid.amount > 0) then
    raise exception 'allocation does not fit its deposit and payment' using errcode = 'check_violation', constraint = 'funds_allocation_fits';
  end if;
  if (kind = 'donation') <> (paid.fund = 'charity') then
    raise exception '% money may not pay %', kind, paid.fund using errcode = 'check_violation', constraint = 'funds_kinds_apart';
  end if;
  if held.purpose not in ('', paid.programme) then
    raise exception 'money given for % may not pay %', held.purpose, paid.programme
      using errcode = 'check_violation', constraint = 'funds_purpose_kept';
  end if;
  -- The update locks the balance: of many who draw at once, each sees what the one before has left.
  update funds_balance set "left" = "left" - new.amount where deposit_id = held.id;
  return null;
end $$;
create trigger funds_allocation_taken after insert on funds_allocation for each row execute function funds_allocation_taken();

create sequence funds_run_numbers;
revoke insert, update, delete, truncate on funds_balance from jishiyu_app;
"""
UNDO = """
drop sequence funds_run_numbers;
drop trigger funds_allocation_taken on funds_allocation; drop function funds_allocation_taken();
drop trigger funds_allocation_balanced on funds_allocation; drop trigger funds_payment_balanced on funds_payment;
drop function funds_allocation_checks(); drop function funds_payment_checks(); drop function funds_payment_balanced(uuid);
drop trigger funds_payment_due on funds_payment; drop function funds_payment_due();
drop trigger funds_deposit_arrives on funds_deposit; drop function funds_deposit_arrives();
"""

# Deposits are the treasury's and its overseers' business; a member unit sees what its programmes are paid from.
OVERSEERS = f"{SEES_ALL} or {SCOPE} = 'agency'"
STAFF = f"{OVERSEERS} or {SCOPE} = 'sub_district'"
OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
THROUGH_HOUSEHOLD = f"({SCOPE} in ('sub_district', 'agency') and {seen_through('registry_household', 'household_id')})"


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial"), ("cases", "0002_row_security")]

    operations = [
        protect("funds_source", see=STAFF, write=WRITES_ALL, change=False),
        protect("funds_deposit", see=OVERSEERS, write=WRITES_ALL, change=False),
        protect("funds_balance", see=OVERSEERS, write="false", change=False),
        protect("funds_paymentrun", see=STAFF, write=WRITES_ALL, change=False),
        protect("funds_payment", see=f"{SEES_ALL} or {OWN_AREA} or {THROUGH_HOUSEHOLD}", write=WRITES_ALL, change=False),
        protect("funds_allocation", see=f"{SEES_ALL} or {seen_through('funds_payment', 'payment_id')}", write=WRITES_ALL, change=False),
        *(append_only(table) for table in ("funds_source", "funds_deposit", "funds_paymentrun", "funds_payment", "funds_allocation")),
        migrations.RunSQL(DEPOSITS + PAYMENTS, UNDO),
    ]
