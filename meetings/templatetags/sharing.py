"""Words that may be seen by a whole room: {% load sharing %}."""

from django.template import Context, Library

from meetings.models import AgendaItem
from meetings.queries import screens

register = Library()


@register.simple_tag(takes_context=True)
def item_title(context: Context, item: AgendaItem) -> str:
    """The title of an item; its reference or kind alone while the reader shares their screen."""
    return screens.shown(item) if context.get("sharing_screen") else item.title


@register.inclusion_tag("meetings/live/_hidden.html", takes_context=True)
def hidden_words(context: Context) -> dict[str, object]:
    """Stands where somebody's words would be."""
    return {"sharing_screen": context.get("sharing_screen")}
