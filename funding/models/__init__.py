from funding.models.award import Award, Instalment
from funding.models.ledger import Account, LedgerLeg, LedgerTransaction
from funding.models.payment import PaymentSchedule, ScheduleLine
from funding.models.period import Budget, FundingPeriod

__all__ = [
    "Account",
    "Award",
    "Budget",
    "FundingPeriod",
    "Instalment",
    "LedgerLeg",
    "LedgerTransaction",
    "PaymentSchedule",
    "ScheduleLine",
]
