"""Files of money: budgets and inherited commitments from the council, paid marks from its finance office."""

from funding.importers import budgets, inherited, paid

__all__ = ["budgets", "inherited", "paid"]
