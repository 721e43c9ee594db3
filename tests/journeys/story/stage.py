"""What every chapter shares: the people at their browsers, the clock they all live by, and the worker behind the pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from core import outbox
from tests.actors import sign_in
from tests.journeys.person import WITHOUT_SCRIPTS, Manner, Person


def moment(day: date, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of a day in London."""
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


@dataclass
class Stage:
    """`people` are filled as the story meets them, by what they are: administrator, chair, senco, head, colleague (SENCO of
    another school), relative (its head), third (SENCO of a third school), officer, board. `facts` are what later chapters
    need of earlier ones: community, school, area, first, second and third (days of meetings), request and words (of the
    request's reference and its pupil), meeting (its address), bulletin and matter (their titles), earlier_action and action.
    """

    manner: Manner
    open_for: Callable[..., Person]
    clock: time_machine.Traveller
    people: dict[str, User] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    _seated: dict[str, Person] = field(default_factory=dict)
    _judged: set[str] = field(default_factory=set)

    def at(self, moment: datetime) -> None:
        """It is this moment for everybody; who was signed in signs in again."""
        self.clock.move_to(moment)
        for who, person in self._seated.items():
            person.page.context.clock.set_system_time(moment)
            self._sign_in(who, person)

    def person(self, who: str) -> Person:
        """The one browser of this person, signed in."""
        if who not in self._seated:
            person = self._seated[who] = self.visitor()
            self._sign_in(who, person)
        return self._seated[who]

    def visitor(self) -> Person:
        """A browser nobody has signed in at."""
        person = self.open_for(None, manner=self.manner)
        person.page.context.clock.set_system_time(timezone.now())
        return person

    def newcomer(self, who: str) -> Person:
        """The browser of somebody who has yet to sign in by themselves; it stays theirs."""
        person = self._seated[who] = self.open_for(None, manner=self.manner)
        person.page.context.clock.set_system_time(timezone.now())
        return person

    def other_tab(self, person: Person) -> Person:
        """The same browser once more, where somebody forgot a page."""
        return Person(person.page.context.new_page(), person.base, self.manner)

    def look(self, person: Person, name: str) -> Person:
        """Judge the page, once under each name; its picture is kept under the name of the manner."""
        if name in self._judged:
            return person
        self._judged.add(name)
        return person.look(f"story-{self.manner.name.replace(' ', '-')}-{name}")

    def worker(self) -> None:
        """What the worker does within moments, and what follows from it."""
        while outbox.drain(now=timezone.now()):
            pass

    def worked(self, person: Person) -> Person:
        """The page that waited for the worker, once that has worked: by itself, or by its link where scripts are off."""
        self.worker()
        return person.press("look again") if self.manner is WITHOUT_SCRIPTS else person

    def _sign_in(self, who: str, person: Person) -> None:
        session = sign_in(self.people[who]).cookies[settings.SESSION_COOKIE_NAME].value
        context = person.page.context
        context.clear_cookies()
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": person.base}])
