"""Before and after the meeting: dates, agendas, invitations, actions, bulletins. `<day:on>` comes with core.converters."""

from django.urls import path, register_converter

from core import converters
from meetings.models import Body
from meetings.views import actions, agenda, answers, board, bulletins, county, items, mine, papers, people, planning

__all__ = ["converters"]


class BodyConverter:
    """`<body:body>`: communities or boards, by their own word; anything else is not found."""

    regex = "|".join(Body.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(BodyConverter, "body")

MEETING = "meetings/<slug:slug>/<day:on>/"
ITEM = f"{MEETING}items/<int:pk>/"
urlpatterns = [
    path("meetings/", mine.mine, name="mine"),
    path("meetings/past/", mine.past, name="past"),
    path("meetings/bulletins/", bulletins.for_readers, name="bulletins-read"),
    path("meetings/bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("meetings/bulletins/<int:pk>/acknowledge/<slug:slug>/", bulletins.acknowledge, name="bulletin-acknowledge"),
    path("meetings/<slug:slug>/plan/", planning.plan, name="plan"),
    path(MEETING, agenda.agenda, name="agenda"),
    path(f"{MEETING}invitation.ics", papers.calendar_entry, name="calendar-entry"),
    path(f"{MEETING}papers/", papers.papers, name="papers"),
    path(f"{MEETING}people/", people.people, name="people"),
    path(f"{MEETING}fill/", agenda.fill, name="fill"),
    path(f"{MEETING}order/", agenda.order, name="order"),
    path(f"{MEETING}ready/", planning.ready, name="ready"),
    path(f"{MEETING}publish/", planning.publish, name="publish"),
    path(f"{MEETING}tell/", planning.tell, name="tell"),
    path(f"{MEETING}arrange/", planning.arrange, name="arrange"),
    path(f"{MEETING}move/", planning.move, name="move"),
    path(f"{MEETING}cancel/", planning.cancel, name="cancel"),
    path(f"{MEETING}version/", planning.newer_version, name="newer-version"),
    path(f"{MEETING}propose/", answers.propose, name="propose"),
    path(f"{MEETING}proposals/<int:pk>/", answers.proposal, name="proposal"),
    path(f"{MEETING}answer/<int:pk>/", answers.answer, name="answer"),
    path(f"{MEETING}invitations/<int:pk>/withdraw/", people.withdraw, name="invitation-withdraw"),
    path(f"{MEETING}items/add/", items.add, name="item-add"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}change/", items.change, name="item-change"),
    path(f"{ITEM}move/", items.move, name="item-move"),
    path(f"{ITEM}remove/", items.remove, name="item-remove"),
    path(f"{ITEM}restore/", items.restore, name="item-restore"),
    path(f"{ITEM}note/", items.note, name="item-note"),
    path(f"{ITEM}invite/", items.invite, name="item-invite"),
    path("actions/", actions.actions, name="actions"),
    path("actions/new/<slug:slug>/", actions.create, name="action-new"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/change/", actions.change, name="action-change"),
    path("actions/<int:pk>/done/", actions.finish, name="action-done"),
    path("actions/<int:pk>/confirm/", actions.confirm, name="action-confirm"),
    path("actions/<int:pk>/reopen/", actions.reopen, name="action-reopen"),
    path("actions/<int:pk>/drop/", actions.drop, name="action-drop"),
    path("board/bulletins/", board.bulletins, name="bulletins"),
    path("board/bulletins/write/", board.write, name="bulletin-write"),
    path("board/bulletins/<int:pk>/change/", board.change, name="bulletin-change"),
    path("board/bulletins/<int:pk>/publish/", board.publish, name="bulletin-publish"),
    path("board/bulletins/<int:pk>/withdraw/", board.withdraw, name="bulletin-withdraw"),
    path("board/bulletins/<int:pk>/discard/", board.discard, name="bulletin-discard"),
    path("board/escalations/", board.escalations, name="escalations"),
    path("board/escalations/<int:pk>/", board.escalation, name="escalation"),
    path("county/dates/", county.dates, name="dates"),
    path("county/dates/add/", county.add_date, name="date-add"),
    path("county/dates/<int:pk>/", county.change_date, name="date-change"),
    path("county/dates/<int:pk>/withdraw/", county.withdraw_date, name="date-withdraw"),
    path("county/templates/", county.templates, name="templates"),
    path("county/templates/<body:body>/draft/", county.draft, name="template-draft"),
    path("county/templates/<body:body>/<int:version>/", county.template, name="template"),
    path("county/templates/<body:body>/<int:version>/publish/", county.publish, name="template-publish"),
    path("county/templates/<body:body>/<int:version>/discard/", county.discard, name="template-discard"),
    path("county/templates/<body:body>/<int:version>/retire/", county.retire, name="template-retire"),
    path("county/templates/<body:body>/<int:version>/lines/add/", county.add_line, name="line-add"),
    path("county/templates/lines/<int:pk>/", county.change_line, name="line-change"),
    path("county/templates/lines/<int:pk>/move/", county.move_line, name="line-move"),
    path("county/templates/lines/<int:pk>/remove/", county.remove_line, name="line-remove"),
]
