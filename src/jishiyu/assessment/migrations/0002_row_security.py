"""Scores go with their household and never change; an expert's judgements are the expert's own; an approved set stays."""

from django.db import migrations

from jishiyu.foundations.row_security import POST, SCOPE, SEES_ALL, WRITES_ALL, append_only, protect, seen_through

THROUGH_HOUSEHOLD = seen_through("registry_household", "household_id")
NOT_AUDIT = f"{SCOPE} <> 'audit'"
EVERY_POST = f"{SCOPE} in ('sub_district', 'agency', 'district', 'audit', 'expert', 'system')"
OWN = f"({SCOPE} = 'expert' and expert = {POST})"

APPROVED_STAYS = """
create function assessment_set_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.status = 'approved' then
    raise exception 'an approved indicator set stays as it is, and none is removed: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger assessment_set_stays before update or delete on assessment_indicatorset for each row execute function assessment_set_stays();
create trigger assessment_set_not_emptied before truncate on assessment_indicatorset for each statement execute function assessment_set_stays();
"""
UNDO = """
drop trigger assessment_set_stays on assessment_indicatorset; drop trigger assessment_set_not_emptied on assessment_indicatorset;
drop function assessment_set_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("registry", "0002_row_security")]

    operations = [
        protect("assessment_indicatorset", see=EVERY_POST, write=WRITES_ALL),
        protect("assessment_expertjudgement", see=f"{SEES_ALL} or {OWN}", write=OWN, remove=True),
        protect("assessment_hardshipscore", see=THROUGH_HOUSEHOLD, write=f"{THROUGH_HOUSEHOLD} and {NOT_AUDIT}", change=False),
        append_only("assessment_hardshipscore"),
        migrations.RunSQL(APPROVED_STAYS, UNDO),
    ]
