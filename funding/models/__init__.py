from funding.models.attachment import Attachment
from funding.models.award import Award, Instalment
from funding.models.decision import (
    Answer,
    ChairDecision,
    DecisionPrinciple,
    DecisionRelease,
    DecisionReversal,
    Recommendation,
)
from funding.models.ledger import Account, LedgerLeg, LedgerTransaction
from funding.models.lines import CostLine, IntendedOutcome
from funding.models.payment import PaymentSchedule, ScheduleLine
from funding.models.period import Budget, FundingPeriod
from funding.models.pupil import Agreement, PupilKey, RequestPupil
from funding.models.report import ExpenditureReport, LineQuery, ReportLine, ReportVersion
from funding.models.request import FundingRequest, PartnerSchool, RequestEvent, RequestSection
from funding.models.statement import BalanceStatement, StatementSeen

__all__ = [
    "Account",
    "Agreement",
    "Answer",
    "Attachment",
    "Award",
    "BalanceStatement",
    "Budget",
    "ChairDecision",
    "CostLine",
    "DecisionPrinciple",
    "DecisionRelease",
    "DecisionReversal",
    "ExpenditureReport",
    "FundingPeriod",
    "FundingRequest",
    "Instalment",
    "IntendedOutcome",
    "LedgerLeg",
    "LedgerTransaction",
    "LineQuery",
    "PartnerSchool",
    "PaymentSchedule",
    "PupilKey",
    "Recommendation",
    "ReportLine",
    "ReportVersion",
    "RequestEvent",
    "RequestPupil",
    "RequestSection",
    "ScheduleLine",
    "StatementSeen",
]
