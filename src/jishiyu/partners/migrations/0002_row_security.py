"""A partner sees its own messages; audit, the district's office and the system see all. The application never removes one."""

from django.db import migrations

from jishiyu.foundations.row_security import POST, SCOPE, protect

_PARTNER = f"coalesce({POST}, '') like 'partner:%'"
# A partner whose reach is the district reads with the auditor's scope: its post tells it apart from people.
WATCHES = f"({SCOPE} in ('district', 'audit', 'admin') and not {_PARTNER})"
SEES = f"{SCOPE} = 'system' or {WATCHES} or partner_code = {POST}"
WRITES = f"{SCOPE} = 'system' or partner_code = {POST}"


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        # What we ask of a partner is asked by the district's office.
        protect(
            "partners_message",
            see=SEES,
            write=f"{WRITES} or (outgoing and {SCOPE} = 'district' and not {_PARTNER})",
        ),
        protect("partners_subscription", see=SEES, write=WRITES),
        protect("partners_enrolment", see=SEES, write=WRITES, change=False),
        protect(
            "partners_partner",
            see=f"{SCOPE} in ('system', 'admin') or {WATCHES} or 'partner:' || client_id = {POST}",
            write=f"{SCOPE} in ('system', 'admin')",
        ),
    ]
