from meetings.models.action import Action, ActionReminder
from meetings.models.agenda import (
    AgendaChange,
    AgendaItem,
    ChairNote,
    ItemKind,
    ItemProposal,
    Outcome,
)
from meetings.models.board import Acknowledgement, Bulletin, Escalation
from meetings.models.dates import MeetingDate
from meetings.models.interest import Interest
from meetings.models.live import ItemSchool, ItemSpell, MinutesNote, MinuteTaker, Recusal
from meetings.models.meeting import Meeting, MeetingRead, Suspension
from meetings.models.minutes import MinuteCorrection, Minutes, NoteDraft, NoteField, NoteVersion
from meetings.models.people import Attendance, Invitation
from meetings.models.template import AgendaTemplate, Body, TemplateItem

__all__ = [
    "Acknowledgement",
    "Action",
    "ActionReminder",
    "AgendaChange",
    "AgendaItem",
    "AgendaTemplate",
    "Attendance",
    "Body",
    "Bulletin",
    "ChairNote",
    "Escalation",
    "Interest",
    "Invitation",
    "ItemKind",
    "ItemProposal",
    "ItemSchool",
    "ItemSpell",
    "Meeting",
    "MeetingDate",
    "MeetingRead",
    "MinuteCorrection",
    "MinuteTaker",
    "Minutes",
    "MinutesNote",
    "NoteDraft",
    "NoteField",
    "NoteVersion",
    "Outcome",
    "Recusal",
    "Suspension",
    "TemplateItem",
]
