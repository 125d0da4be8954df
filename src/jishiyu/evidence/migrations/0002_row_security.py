"""Who sees and writes which batches: the sub-district's own posts, and those who see the district."""

from django.db import migrations

from jishiyu.foundations.row_security import AREA, SCOPE, SEES_ALL, WRITES_ALL, protect

OWN_AREA = f"({SCOPE} = 'sub_district' and sub_district_id = {AREA})"
SEE, WRITE = f"{SEES_ALL} or {OWN_AREA}", f"{WRITES_ALL} or {OWN_AREA}"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        # No policy lets anybody remove: what was handed in stays.
        protect("evidence_batch", see=SEE, write=WRITE),
        protect("evidence_row", see=SEE, write=WRITE),
        protect("evidence_document", see=SEE, write=WRITE, change=False),
    ]
