"""A first agenda to begin with, in our words; the council changes it before it publishes (domain.md §3.5)."""

from dataclasses import dataclass

from meetings.models import AgendaTemplate, Body, ItemKind, TemplateItem


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the suggested agenda."""

    kind: ItemKind
    title: str
    minutes: int
    mandatory: bool
    guidance: str


COMMUNITY = (
    Line(
        ItemKind.WELCOME, "Welcome, attendance and apologies", 5, True,
        "Say who is here for which school. Note apologies and substitutes.",
    ),
    Line(
        ItemKind.INTERESTS, "Declarations of interest", 5, True,
        "Ask everybody to look through the agenda. Interests we know of (own school, same trust, joint request) are listed "
        "already. Whoever has an interest leaves for that item.",
    ),
    Line(
        ItemKind.MINUTES, "Minutes of the last meeting", 5, True,
        "Look at corrections that were proposed, then approve the minutes. They are sealed after that.",
    ),
    Line(
        ItemKind.ACTIONS, "Actions", 10, True,
        "Take overdue actions first: done, a new date, or dropped with a reason. Confirm what is done.",
    ),
    Line(
        ItemKind.BULLETIN, "From the area board", 10, True,
        "Read out what the board sent since the last meeting and say what it means here.",
    ),
    Line(
        ItemKind.BALANCE, "Balance of funding", 5, True,
        "Report what was allocated, kept for contingencies, committed and paid, and what is left.",
    ),
    Line(
        ItemKind.FIGURES, "District dashboard: one figure in focus", 10, False,
        "Choose one figure. What does it tell us, what do we not know, what will we do?",
    ),
    Line(
        ItemKind.PRACTICE, "Good practice", 10, False,
        "One school shows what worked, for whom, and how we know.",
    ),
    Line(
        ItemKind.REQUEST, "Discussions and funding requests", 60, True,
        "First the need and what was tried, then what could help. Greatest need first, not own school. Many discussions end "
        "without money: advice, help from another school, a specialist service, training.",
    ),
    Line(
        ItemKind.REVIEW, "Review of earlier awards", 10, True,
        "What changed for the pupils? Is the rest of the money still needed?",
    ),
    Line(
        ItemKind.PROVISION, "Help on offer and training", 10, False,
        "What specialist services and schools offer this term. What was asked for and was not available?",
    ),
    Line(
        ItemKind.NEXT_DATE, "Items for the board, and the next meeting", 5, True,
        "Agree what goes up to the board: risks, requests, good practice. Check the date of the next meeting.",
    ),
)  # fmt: skip
BOARD = (
    Line(ItemKind.WELCOME, "Welcome, attendance and apologies", 5, True, "Note who is here and who sent apologies."),
    Line(ItemKind.INTERESTS, "Declarations of interest", 5, True, "Ask everybody to look through the agenda."),
    Line(ItemKind.MINUTES, "Minutes of the last meeting", 5, True, "Approve the minutes. They are sealed after that."),
    Line(ItemKind.ACTIONS, "Actions", 10, True, "Take overdue actions first."),
    Line(
        ItemKind.ESCALATION, "From the communities", 30, True,
        "What communities sent up since the last meeting: answer each, in words or with a bulletin.",
    ),
    Line(
        ItemKind.REVIEW, "Moderation: are decisions consistent?", 40, True,
        "Compare decisions, spending and use of specialist services between communities.",
    ),
    Line(ItemKind.FIGURES, "Figures of the area", 15, False, "What moved since the last meeting?"),
    Line(ItemKind.BULLETIN, "What we tell the communities", 10, True, "Agree the next bulletin, its audience and its date."),
    Line(ItemKind.NEXT_DATE, "Date of the next meeting", 5, True, "Check the date."),
)  # fmt: skip


def lines_for(draft: AgendaTemplate) -> list[TemplateItem]:
    """The suggested lines of a first version, not saved."""
    lines = COMMUNITY if draft.body == Body.COMMUNITY else BOARD
    return [
        TemplateItem(
            template=draft,
            position=position,
            kind=line.kind,
            title=line.title,
            guidance=line.guidance,
            minutes=line.minutes,
            mandatory=line.mandatory,
        )
        for position, line in enumerate(lines, start=1)
    ]
