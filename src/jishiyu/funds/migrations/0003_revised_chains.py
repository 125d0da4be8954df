"""What is paid follows the newest chain of an award; and nothing is claimed back that was not paid."""

from importlib import import_module

from django.db import migrations

_LEDGER = import_module("jishiyu.funds.migrations.0002_ledger").PAYMENTS
_BEFORE = _LEDGER[: _LEDGER.index("create trigger funds_payment_due")].replace("create function", "create or replace function")
_DECIDED = "select coalesce(sum(amount), 0) into fixed from cases_chainline where award_id = award.id and kind = new.fund;"
if _BEFORE.count(_DECIDED) != 1:
    raise RuntimeError("0002_ledger reads the amount that is due otherwise than this migration knows")
_AFTER = _BEFORE.replace(_DECIDED, "fixed := cases_chain_due(award.id, new.fund);")

WITHIN = """
create function funds_recovery_within() returns trigger language plpgsql security definer set search_path = public as $$
declare paid bigint; claimed bigint;
begin
  select coalesce(sum(amount), 0) into paid from funds_payment where award_id = new.award_id and fund = new.fund;
  select coalesce(sum(amount), 0) into claimed from cases_recovery
   where award_id = new.award_id and fund = new.fund and state <> 'waived';
  if claimed > paid then
    raise exception 'award %: % of % would come back, but % was paid', new.award_id, claimed, new.fund, paid
      using errcode = 'check_violation', constraint = 'funds_recovery_within_paid';
  end if;
  return null;
end $$;
create trigger funds_recovery_within after insert on cases_recovery
  for each row execute function funds_recovery_within();
"""
UNDO_WITHIN = "drop trigger funds_recovery_within on cases_recovery; drop function funds_recovery_within();"


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_ledger"), ("cases", "0004_coordination_security")]

    operations = [migrations.RunSQL(_AFTER, _BEFORE), migrations.RunSQL(WITHIN, UNDO_WITHIN)]
