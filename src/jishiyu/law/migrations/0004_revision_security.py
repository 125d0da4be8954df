"""Revisions of tables are read by everybody and written by the district; an approved one is never changed or removed."""

from django.db import migrations

from jishiyu.foundations.row_security import WRITES_ALL, protect

_STAYS = """
create or replace function law_tablerevision_stays() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' then
    raise exception 'a decided revision is never changed: % refused', tg_op using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger law_tablerevision_no_change before update or delete on law_tablerevision
  for each row execute function law_tablerevision_stays();
"""
_UNDO = "drop trigger law_tablerevision_no_change on law_tablerevision; drop function law_tablerevision_stays()"


class Migration(migrations.Migration):
    dependencies = [("law", "0003_table_revision")]

    operations = [protect("law_tablerevision", see="true", write=WRITES_ALL), migrations.RunSQL(_STAYS, _UNDO)]
