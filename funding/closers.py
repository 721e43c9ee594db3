"""Both halves of funding take part in closing a meeting, each in its own file. What money states comes last."""

from importlib import import_module

for part in ("funding.closing_requests", "funding.closing_money"):
    import_module(part)
