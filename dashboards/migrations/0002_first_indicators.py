"""The first three indicators. Administrators may hide them; figures come by import."""

from django.db import migrations

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
SOURCE = "Department for Education, school performance tables (school census)"
INDICATORS = [
    {
        "slug": "sen-support",
        "name": "SEN support",
        "counted": "pupils on SEN support",
        "out_of_word": "pupils on roll",
        "meaning": "Pupils whose school gives them special educational provision without an EHC plan, out of all pupils.",
    },
    {
        "slug": "ehc-plans",
        "name": "EHC plans",
        "counted": "pupils with an EHC plan",
        "out_of_word": "pupils on roll",
        "meaning": "Pupils with an education, health and care plan, out of all pupils of the same schools. "
        "This counts pupils where they go to school, not plans the council keeps.",
    },
    {
        "slug": "roll",
        "name": "Pupils on roll",
        "counted": "pupils on roll",
        "out_of_word": "",
        "meaning": "All pupils on the roll of the schools in January of the school year. "
        "England: state-funded primary, secondary and special schools.",
    },
]


def add(apps, _editor):
    indicator = apps.get_model("dashboards", "Indicator")
    for position, words in enumerate(INDICATORS, start=1):
        indicator.objects.create(position=position, source=SOURCE, licence=LICENCE, polarity="neither", **words)


def take_away(apps, _editor):
    apps.get_model("dashboards", "Indicator").objects.filter(slug__in=[words["slug"] for words in INDICATORS]).delete()


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0001_initial")]
    operations = [migrations.RunPython(add, take_away)]
