"""Finding in a register of millions: indexes that serve under row security, a keyed index of telephones, pinyin without gaps."""

from django.db import migrations, models

from jishiyu.registry.queries.search import phone_index


def index_phones(apps, schema):  # type: ignore[no-untyped-def]
    """The keyed index of each telephone number that is on file already."""
    Household = apps.get_model("registry", "Household")
    rows = Household.objects.using(schema.connection.alias).only("pk", "phone").order_by("pk")
    waiting = []
    for row in rows.iterator(chunk_size=2000):
        row.phone_index = phone_index(row.phone or "")
        waiting.append(row)
        if len(waiting) == 2000:
            Household.objects.using(schema.connection.alias).bulk_update(waiting, ["phone_index"])
            waiting = []
    if waiting:
        Household.objects.using(schema.connection.alias).bulk_update(waiting, ["phone_index"])


def begins(model: str, *fields: str, name: str) -> migrations.AddIndex:
    """An index for how a text begins; the sub-district before it narrows a sub-district's own search."""
    classes = ["varchar_ops" if field == "sub_district" else "varchar_pattern_ops" for field in fields]
    return migrations.AddIndex(model, models.Index(fields=list(fields), name=name, opclasses=classes))


class Migration(migrations.Migration):
    # The filling of the telephones' index and the making of indexes on the same table are two transactions.
    atomic = False

    dependencies = [("registry", "0006_answers_and_changes_of_their_time")]

    operations = [
        migrations.AddField("household", "phone_index", models.BinaryField(null=True)),
        migrations.RunPython(index_phones, migrations.RunPython.noop),
        migrations.AddField(
            "person",
            "joined",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("pinyin"), models.Value(" "), models.Value(""), function="replace"),
                output_field=models.CharField(max_length=160),
            ),
        ),
        # LIKE is not leakproof, so neither of these could ever serve under row security.
        migrations.RunSQL(
            "drop index registry_person_name_trgm; drop index registry_person_pinyin",
            "create index registry_person_name_trgm on registry_person using gin (name gin_trgm_ops);"
            "create index registry_person_pinyin on registry_person (pinyin varchar_pattern_ops)",
        ),
        migrations.AddIndex("household", models.Index(fields=["phone_index"], name="registry_household_phone")),
        migrations.AddIndex("person", models.Index(fields=["initials"], name="registry_person_initials")),
        begins("household", "community", name="registry_household_community"),
        begins("person", "name", name="registry_person_name_begins"),
        begins("person", "sub_district", "name", name="registry_person_name_here"),
        begins("person", "joined", name="registry_person_joined"),
        begins("person", "sub_district", "joined", name="registry_person_joined_here"),
    ]
