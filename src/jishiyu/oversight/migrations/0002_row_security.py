"""Staff read the figures, the leading group's office writes them; what was issued stays as it is.

A sub-district post sees the district's totals and its own line, not the lines of other sub-districts.
"""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE, WRITES_ALL, append_only, protect, seen_through

STAFF = f"{SCOPE} in ('district', 'audit', 'system', 'agency', 'sub_district')"
OWN_LINE = f"{STAFF} and ({SCOPE} <> 'sub_district' or part not in ('sub_district', 'street_unit') or key = {AREA})"

ISSUED = """
create function {table}_issued_stays() returns trigger language plpgsql as $$
begin
  if old.status = 'issued' then
    raise exception 'what was issued stays: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger {table}_issued_stays before update or delete on {table} for each row execute function {table}_issued_stays();
"""
UNDO = "drop trigger {table}_issued_stays on {table}; drop function {table}_issued_stays()"


def issued_stays(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(ISSUED.format(table=table), UNDO.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]

    operations = [
        protect("oversight_quarterlyreport", see=STAFF, write=WRITES_ALL),
        protect("oversight_reportline", see=OWN_LINE, write=WRITES_ALL, change=False),
        append_only("oversight_reportline"),
        issued_stays("oversight_quarterlyreport"),
        protect("oversight_bulletin", see=f"{STAFF} and (status = 'issued' or {SCOPE} in ('district', 'audit', 'system'))", write=WRITES_ALL),
        issued_stays("oversight_bulletin"),
        protect("oversight_meeting", see=STAFF, write=WRITES_ALL),
        protect("oversight_attendance", see=seen_through("oversight_meeting", "meeting_id"), write=WRITES_ALL),
        protect("oversight_decision", see=seen_through("oversight_meeting", "meeting_id"), write=WRITES_ALL),
        protect("oversight_training", see=STAFF, write=WRITES_ALL),
        protect("oversight_trainingplace", see=seen_through("oversight_training", "training_id"), write=WRITES_ALL),
    ]
