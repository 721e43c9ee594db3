"""Balance statements: what a budget held when a meeting closed, frozen, for the next agenda."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.models import IssuedDocument
from core.models.append_only import append_only_triggers
from funding.models.amounts import money
from funding.models.period import Budget
from meetings.models import Meeting


class BalanceStatement(models.Model):
    """Written once by closing. It covers the transactions after number `after_id` up to `upto_id`.

    `opening_free` and the five closing figures are pounds. `runs_out_on` None means that too little is known, or that the
    money lasts to the end of the period.
    """

    append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="balance_statements")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="statements")
    after_id = models.BigIntegerField()
    upto_id = models.BigIntegerField()
    opening_free = money()
    grant = money()
    contingency = money()
    free = money()
    committed = money()
    paid = money()
    runs_out_on = models.DateField(null=True, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-taken_at", "-pk"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "budget"], name="one_statement_a_meeting_and_budget")
        ]

    def __str__(self) -> str:
        return f"budget {self.budget_id} after meeting {self.meeting_id} (statement {self.pk})"


class StatementSeen(models.Model):
    """A member has looked at the statement."""

    statement = models.ForeignKey(BalanceStatement, on_delete=models.PROTECT, related_name="seen")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["statement", "person"], name="one_seen_mark_a_person")]

    def __str__(self) -> str:
        return f"{self.person_id} saw statement {self.statement_id} (mark {self.pk})"
