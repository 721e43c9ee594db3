"""The community recommends, the chair decides: two records, two times, two sets of words. Both are written once."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communities.models import Principle, PrinciplesVersion
from core.models.append_only import append_only_triggers
from funding.models.amounts import NOTHING, money
from funding.models.period import FundingPeriod
from funding.models.request import FundingRequest
from meetings.models import AgendaItem, Meeting

GIVES_MONEY = ["approve", "in_part"]
SUPPORTS = {"approve": "Support", "in_part": "Support in part", "decline": "Not support"}
DECIDED = {"approve": "Approved", "in_part": "Approved in part", "decline": "Declined", "defer": "Deferred"}
DEPARTURE_NAMES_A_PRINCIPLE = """
    IF NEW.departs AND NOT EXISTS (SELECT 1 FROM funding_decisionprinciple WHERE decision_id = NEW.id) THEN
        RAISE EXCEPTION 'a departure names at least one principle' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class Answer(models.TextChoices):
    """What a recommendation or a decision says. The same codes, so that a departure is a difference of columns."""

    APPROVE = "approve", "Approve"
    IN_PART = "in_part", "Approve in part"
    DECLINE = "decline", "Decline"
    DEFER = "defer", "Defer"
    ADVICE = "advice", "Advice, no money"


def money_fits(answer: str) -> Q:
    """Pounds above nothing where the answer gives money, and none elsewhere."""
    return Q(**{f"{answer}__in": GIVES_MONEY}, amount__gt=0) | (~Q(**{f"{answer}__in": GIVES_MONEY}) & Q(amount=0))


class Recommendation(models.Model):
    """What the community recommends, as recorded in the meeting. A correction is a new version; the newest counts.

    With a vote the five counts add up to `places`, the schools that have one. Without, they are all None.
    """

    append_only = True

    class How(models.TextChoices):
        CONSENSUS = "consensus", "Consensus"
        VOTE = "vote", "Counted vote"
        ADVICE = "advice", "Advice only, nobody was asked to agree"

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="recommendations")
    version = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recommendations")
    how = models.CharField(max_length=9, choices=How)
    answer = models.CharField(max_length=8, choices=Answer)
    amount = money(default=NOTHING)
    conditions = models.TextField(blank=True, max_length=1500)
    reason = models.TextField(blank=True, max_length=2000)
    dissent = models.TextField(blank=True, max_length=1500)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    recused = models.PositiveSmallIntegerField(null=True, blank=True)
    not_present = models.PositiveSmallIntegerField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["version"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "version"], name="recommendation_version_once"),
            models.CheckConstraint(name="recommended_money_fits_the_answer", condition=money_fits("answer")),
            models.CheckConstraint(
                name="votes_add_up",
                condition=Q(
                    how="vote",
                    places__isnull=False,
                    places=F("votes_for") + F("votes_against") + F("abstained") + F("recused") + F("not_present"),
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstained__isnull=False,
                    recused__isnull=False,
                    not_present__isnull=False,
                )
                | (
                    ~Q(how="vote")
                    & Q(votes_for=None, votes_against=None, abstained=None, recused=None, not_present=None, places=None)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.version} on request {self.request_id} ({self.pk})"

    @property
    def said(self) -> str:
        """What the community says: it supports, it never approves."""
        return SUPPORTS.get(self.answer) or self.get_answer_display()


class ChairDecision(models.Model):
    """What the chair decided, written once. Undone only by a DecisionReversal before release.

    `amount` is what is awarded, 0 where none is. The recommendation's answer, amount and conditions are copied so that the
    database itself can say whether the decision `departs`. `no_support_because` is why the chair decided although no
    support had been tried. `reason_label` freezes the words of the list on that day.
    """

    append_only = True

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField()
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=8, choices=Answer)
    amount = money(default=NOTHING)
    conditions = models.TextField(blank=True, max_length=1500)
    recommended_answer = models.CharField(max_length=8, choices=Answer)
    recommended_amount = money(default=NOTHING)
    recommended_conditions = models.TextField(blank=True, max_length=1500)
    departs = models.BooleanField()
    departure_reason = models.TextField(blank=True, max_length=1500)
    reason_code = models.SlugField(max_length=40, blank=True)
    reason_label = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    alternative = models.TextField(blank=True, max_length=1500)
    no_support_because = models.TextField(blank=True, max_length=600)
    period = models.ForeignKey(FundingPeriod, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    principles = models.ForeignKey(PrinciplesVersion, on_delete=models.PROTECT, related_name="decisions")
    departure_principles = models.ManyToManyField(Principle, through="DecisionPrinciple", related_name="departures")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["version"]
        triggers: ClassVar = [
            *append_only_triggers(),
            pgtrigger.Trigger(
                name="departure_names_a_principle",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=DEPARTURE_NAMES_A_PRINCIPLE,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "version"], name="decision_version_once"),
            models.CheckConstraint(name="decided_money_fits_the_answer", condition=money_fits("answer")),
            models.CheckConstraint(
                name="money_has_a_period_and_dates",
                condition=Q(amount=0, period=None)
                | Q(
                    amount__gt=0,
                    period__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                ),
            ),
            models.CheckConstraint(
                name="a_departure_is_what_differs",
                condition=Q(
                    departs=False,
                    answer=F("recommended_answer"),
                    amount=F("recommended_amount"),
                    conditions=F("recommended_conditions"),
                )
                | (
                    Q(departs=True)
                    & ~Q(
                        answer=F("recommended_answer"),
                        amount=F("recommended_amount"),
                        conditions=F("recommended_conditions"),
                    )
                ),
            ),
            models.CheckConstraint(
                name="a_departure_has_a_reason", condition=Q(departs=False) | ~Q(departure_reason="")
            ),
            models.CheckConstraint(
                name="declining_has_a_reason_and_an_alternative",
                condition=~Q(answer="decline") | (~Q(reason_code="") & ~Q(reason="") & ~Q(alternative="")),
            ),
            models.CheckConstraint(
                name="deferring_has_a_reason", condition=~Q(answer="defer") | (~Q(reason_code="") & ~Q(reason=""))
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.version} on request {self.request_id} ({self.pk})"

    @property
    def said(self) -> str:
        """What was done, in words."""
        return DECIDED.get(self.answer) or self.get_answer_display()

    @property
    def gives_money(self) -> bool:
        """Whether an award follows."""
        return self.answer in GIVES_MONEY


class DecisionPrinciple(models.Model):
    """A principle that a departure rests on."""

    append_only = True

    decision = models.ForeignKey(ChairDecision, on_delete=models.PROTECT, related_name="principle_links")
    principle = models.ForeignKey(Principle, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [models.UniqueConstraint(fields=["decision", "principle"], name="principle_named_once")]

    def __str__(self) -> str:
        return f"principle {self.principle_id} of decision {self.decision_id} ({self.pk})"


class DecisionReversal(models.Model):
    """The chair took a decision back before it was released."""

    append_only = True

    decision = models.OneToOneField(ChairDecision, on_delete=models.PROTECT, related_name="reversal")
    reason = models.TextField(max_length=600)
    reversed_at = models.DateTimeField()
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [models.CheckConstraint(name="a_reversal_says_why", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"reversal of decision {self.decision_id} ({self.pk})"


class DecisionRelease(models.Model):
    """The meeting closed and the school was told. From here on the decision stands."""

    append_only = True

    decision = models.OneToOneField(ChairDecision, on_delete=models.PROTECT, related_name="release")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="releases")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers: ClassVar = append_only_triggers()

    def __str__(self) -> str:
        return f"release of decision {self.decision_id} ({self.pk})"
