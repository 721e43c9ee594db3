"""A new service begins with lists that can be used; the council changes them at /county/lists/."""

from django.db import migrations

from communities.first_lists import FIRST_DAY, FIRST_LISTS


def write(apps, _schema_editor):
    ListEntry = apps.get_model("core", "ListEntry")
    for name, lines in FIRST_LISTS.items():
        if ListEntry.objects.filter(list_name=name).exists():
            continue
        ListEntry.objects.bulk_create(
            ListEntry(list_name=name, code=code, label=label, meaning=meaning, position=position, starts_on=FIRST_DAY)
            for position, (code, label, meaning) in enumerate(lines, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_county_sub_icb_code"), ("core", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
