"""The public sees notices that are up, and may object; what was objected, and by whom, only the offices of the case see."""

from django.db import migrations

from jishiyu.foundations.row_security import SCOPE, protect, seen_through

THROUGH_CASE = seen_through("cases_case", "case_id")
WRITES = f"({THROUGH_CASE} and {SCOPE} <> 'audit')"  # audit reads all and writes nothing
UP = f"({SCOPE} = 'public' and withdrawn_on is null)"
TO_WHAT_IS_UP = (
    f"({SCOPE} = 'public' and answered_at is null and exists (select 1 from notices_publicnotice n"
    " where n.id = notice_id and n.case_id = notices_objection.case_id))"
)
# What a notice says, and for which days, is settled when it goes up; an objection's words when it comes in.
STAYS = """
create function notices_notice_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or (to_jsonb(new) - 'withdrawn_on' - 'outcome') is distinct from (to_jsonb(old) - 'withdrawn_on' - 'outcome')
     or old.withdrawn_on is not null then
    raise exception 'a public notice stays as published: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger notices_notice_no_change before update or delete on notices_publicnotice
  for each row execute function notices_notice_stays();
create function notices_objection_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.answered_at is not null
     or (to_jsonb(new) - 'answered_at' - 'answered_by' - 'upheld' - 'answer')
        is distinct from (to_jsonb(old) - 'answered_at' - 'answered_by' - 'upheld' - 'answer') then
    raise exception 'an objection stays as received, its answer as given: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger notices_objection_no_change before update or delete on notices_objection
  for each row execute function notices_objection_stays();
"""
UNDO = """
drop trigger notices_objection_no_change on notices_objection; drop function notices_objection_stays();
drop trigger notices_notice_no_change on notices_publicnotice; drop function notices_notice_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("cases", "0002_row_security")]

    operations = [
        protect("notices_publicnotice", see=f"{UP} or {THROUGH_CASE}", write=WRITES),
        protect("notices_objection", see=THROUGH_CASE, write=f"{TO_WHAT_IS_UP} or {WRITES}"),
        migrations.RunSQL(STAYS, UNDO),
    ]
