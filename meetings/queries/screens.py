"""Words that may stand on a wall or a shared screen: the county's own, references and amounts. Never what somebody typed."""

from meetings import sources
from meetings.models import AgendaItem, ItemKind


def shown(item: AgendaItem) -> str:
    """What stands for the item where pupils and free text must not be seen.

    What the app behind the item says ("CoS-2041, £3,200"); the county's title for the county's own lines; else the kind.
    """
    if said := sources.on_screen(item):
        return said
    if item.template_line:
        return item.title
    return ItemKind(item.kind).label if item.kind in ItemKind.values else "An item of this meeting"
