"""No payment for a suspended month, nor for a month that a monthly award does not cover: the ledger itself refuses."""

from django.db import migrations

GUARD = """
create function funds_month_is_due() returns trigger language plpgsql security definer set search_path = public as $$
declare given cases_award%rowtype;
begin
  if new.reverses_id is not null then return new; end if;
  select * into given from cases_award where id = new.award_id;
  if cases_suspended(new.award_id, new.month) then
    raise exception 'award % is suspended in %', new.award_id, new.month
      using errcode = 'check_violation', constraint = 'funds_not_while_suspended';
  end if;
  if given.frequency = 'monthly' and (new.month < given.first_month or new.month > coalesce(given.last_month, new.month)) then
    raise exception 'award % does not cover %', new.award_id, new.month
      using errcode = 'check_violation', constraint = 'funds_month_of_the_award';
  end if;
  return new;
end $$;
create trigger funds_month_is_due before insert on funds_payment for each row execute function funds_month_is_due();
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0006_back_pay_of_its_time"), ("cases", "0009_life_after")]

    operations = [
        migrations.RunSQL(
            GUARD, "drop trigger funds_month_is_due on funds_payment; drop function funds_month_is_due()"
        ),
    ]
