from funding.models.award import Award, Instalment
from funding.models.ledger import Account, LedgerLeg, LedgerTransaction
from funding.models.payment import PaymentSchedule, ScheduleLine
from funding.models.period import Budget, FundingPeriod
from funding.models.report import ExpenditureReport, LineQuery, ReportLine, ReportVersion
from funding.models.statement import BalanceStatement, StatementSeen

__all__ = [
    "Account",
    "Award",
    "BalanceStatement",
    "Budget",
    "ExpenditureReport",
    "FundingPeriod",
    "Instalment",
    "LedgerLeg",
    "LedgerTransaction",
    "LineQuery",
    "PaymentSchedule",
    "ReportLine",
    "ReportVersion",
    "ScheduleLine",
    "StatementSeen",
]
