"""What funding puts on agendas: each half in its own file."""

from importlib import import_module

for part in ("funding.agenda_requests", "funding.agenda_money"):
    import_module(part)
