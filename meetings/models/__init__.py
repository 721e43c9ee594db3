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
from meetings.models.meeting import Meeting, MeetingRead, Suspension
from meetings.models.minutes import MinuteCorrection, Minutes, NoteDraft, NoteVersion
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
    "Meeting",
    "MeetingDate",
    "MeetingRead",
    "MinuteCorrection",
    "Minutes",
    "NoteDraft",
    "NoteVersion",
    "Outcome",
    "Suspension",
    "TemplateItem",
]
