"""A mark in every text that somebody typed, so that any page that shows one is found.

`PUPILS` hold words about pupils, `TYPED` everything else that people type; `HOUSE` are the county's and the house's own words,
names of people and places, and things nobody types. A new text field belongs to one of them before the suite is green.
"""

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from meetings.models import Minutes

PUPIL, WORD = "Zqxpupil", "Zqxword"
APPS = ("accounts", "communities", "provision", "meetings", "funding", "dashboards")
PUPILS = {
    "provision.SupportEntry": "pupil_key by_whom what note",
    "funding.FundingRequest": "title need ask context nothing_tried",
    "funding.RequestEvent": "words",
    "funding.PupilKey": "words",
    "funding.CostLine": "what",
    "funding.IntendedOutcome": "different known_by",
    "funding.Attachment": "name",
    "funding.Recommendation": "conditions reason dissent",
    "funding.ChairDecision": "conditions recommended_conditions departure_reason reason alternative no_support_because",
    "funding.DecisionReversal": "reason",
}
TYPED = {
    "accounts.Notice": "text",
    "meetings.Meeting": "welcome_note cancelled_because",
    "meetings.Suspension": "reason",
    "meetings.AgendaItem": "title why presenter notes outcome removed_because",
    "meetings.ChairNote": "text",
    "meetings.AgendaChange": "sentence",
    "meetings.ItemProposal": "title why answer",
    "meetings.Action": "title detail evidence dropped_because report_because",
    "meetings.Bulletin": "title text withdrawn_because",
    "meetings.Escalation": "title text answer",
    "meetings.Interest": "note dismissed_because",
    "meetings.MinuteCorrection": "line_text suggestion reason answer",
    "meetings.NoteVersion": "text",
    "meetings.NoteDraft": "text",
    "meetings.MinutesNote": "text",
    "meetings.Invitation": "reason substitute_name",
    "meetings.Attendance": "guest_name",
    "funding.Award": "title release_reason",
    "funding.LedgerTransaction": "note",
    "funding.PaymentSchedule": "withdrawn_why",
    "funding.ExpenditureReport": "note",
    "funding.ReportVersion": "reason",
    "funding.ReportLine": "what",
    "funding.LineQuery": "question answer",
}
HOUSE = {
    "accounts.User": "password email name",
    "accounts.Notice": "subject link key audience",
    "accounts.Delivery": "error",
    "communities": "",  # registers, posts and Principles: public, or the administrator's
    "meetings.AgendaTemplate": "note",
    "meetings.TemplateItem": "kind title guidance",
    "meetings.MeetingDate": "note withdrawn_because",
    "meetings.Meeting": "place online_link",
    "meetings.AgendaItem": "kind link guidance source_key source_stamp",
    "meetings.Escalation": "source_key",
    "meetings.Minutes": "hash previous_hash",
    "meetings.MinuteCorrection": "line_key",
    "meetings.MinutesNote": "line_key",
    "meetings.NoteVersion": "outcome_kind",
    "meetings.NoteDraft": "outcome_kind",
    "meetings.Invitation": "role substitute_email",
    "provision.SupportEntry": "request_reference",
    "funding.FundingPeriod": "name",
    "funding.RequestSection": "name tab",
    "funding.RequestEvent": "step before after",
    "funding.Attachment": "sha256",
    "funding.Award": "reference",
    "funding.ChairDecision": "reason_label",
    "funding.PaymentSchedule": "reference",
    "funding.ScheduleLine": "reference community school_number school",
    "funding.Agreement": "asked_by",
    "funding.ReportLine": "reference school",
    "dashboards.Indicator": "name counted out_of_word meaning source licence",
    "dashboards.Figure": "period marker",
    "dashboards.FrozenFigure": "place",
}
# Nobody types these kinds of lines of the minutes: they say when, where, who and how long.
FACTS = {"meeting", "present", "schools", "time"}


def plant() -> None:
    """Put a mark into every typed text there is now. Triggers that keep papers as they were stand aside for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for mark, known in ((PUPIL, PUPILS), (WORD, TYPED)):
            for label, names in known.items():
                model = apps.get_model(label)
                for name in names.split() if model._base_manager.exists() else ():
                    _mark(cursor, model, model._meta.get_field(name), mark)
        cursor.execute("SET LOCAL session_replication_role = origin")
    for minutes in Minutes.objects.all():
        lines = [line | ({} if line["group"] in FACTS else {"text": WORD}) for line in minutes.lines]
        _rewrite(minutes, lines)


def texts() -> set[str]:
    """Every text field of the product that has no fixed choices, as "app.Model.field"."""
    plain = (models.CharField, models.TextField)
    fixed = (models.SlugField, models.UUIDField, models.FileField)
    return {
        f"{model._meta.label}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, plain) and not isinstance(field, fixed) and not field.choices
    }


def _mark(cursor, model, field, mark: str) -> None:
    """Into every row where the database lets us; else into those that have a text already."""
    table, column, key = model._meta.db_table, field.column, model._meta.pk.column
    text = f"left('{mark}' || \"{key}\", {field.max_length or 100})"
    where = ' AND "template_line" IS NULL' if (model._meta.model_name, field.name) == ("agendaitem", "title") else ""
    for rows in ("TRUE", f"\"{column}\" <> ''"):
        try:
            with transaction.atomic():
                cursor.execute(f'UPDATE "{table}" SET "{column}" = {text} WHERE {rows}{where}')
            return
        except IntegrityError:
            continue
    raise AssertionError(f"{table}.{column} cannot be marked")


def _rewrite(minutes: Minutes, lines: list[dict]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Minutes.objects.filter(pk=minutes.pk).update(lines=lines)
        cursor.execute("SET LOCAL session_replication_role = origin")
