"""The book cannot be changed: no update, delete or truncate for anybody, and entries must follow one another."""

from django.db import migrations

from jishiyu.foundations.row_security import POST, SEES_ALL, append_only, protect

CHAIN = """
insert into journal_head (id, number, seal) values (1, 0, decode(repeat('00', 32), 'hex'));
create function journal_follow() returns trigger language plpgsql security definer set search_path = public as $$
declare head journal_head%rowtype;
begin
  select * into head from journal_head where id = 1 for update;
  if new.number <> head.number + 1 or new.previous <> head.seal then
    raise exception 'journal entry % does not follow entry %', new.number, head.number using errcode = 'restrict_violation';
  end if;
  update journal_head set number = new.number, seal = new.seal where id = 1;
  return new;
end $$;
create trigger journal_entry_follows before insert on journal_entry for each row execute function journal_follow();
revoke insert, update, delete, truncate on journal_head from jishiyu_app;
revoke update, delete, truncate on journal_entry from jishiyu_app;
"""
UNDO = "drop trigger journal_entry_follows on journal_entry; drop function journal_follow(); delete from journal_head"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        # A post reads its own entries; audit, the district's office and the system read all.
        protect("journal_entry", see=f"{SEES_ALL} or post = {POST}", write=f"post = {POST}", change=False),
        append_only("journal_entry"),
        migrations.RunSQL(CHAIN, UNDO),
    ]
