"""What is still to be written: the task list, and the sentences that stand between a draft and the headteacher."""

from collections.abc import Callable
from dataclasses import dataclass

from funding.models import Agreement, FundingRequest
from funding.queries.whole import Whole

Kind = FundingRequest.Kind
PUPILS_FIRST = "Add the pupils first."
ADULT_YEARS = ("12", "13", "14")  # sixteen and over: the young person is asked


@dataclass(frozen=True, slots=True)
class Task:
    """A page to fill. `missing` are sentences; `minutes` what a practised person takes."""

    name: str
    title: str
    minutes: int
    started: bool
    unfinished: bool
    missing: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Cannot be started before another page."""
        return self.missing == (PUPILS_FIRST,)

    @property
    def is_done(self) -> bool:
        return not self.missing and not self.unfinished

    @property
    def may_stay_empty(self) -> bool:
        """Nothing was written and nothing needs to be."""
        return self.is_done and not self.started

    @property
    def status(self) -> str:
        if self.is_done:
            return "Completed"
        return "In progress" if self.started or self.unfinished else "Not started"


def tasks(whole: Whole) -> list[Task]:
    """The pages of this kind of request, in order."""
    request = whole.request
    pages = [("need", "About the need", 5, need)]
    if request.wants_pupils:
        pages.append(("pupils", "Pupils" if request.kind != Kind.INDIVIDUAL else "The pupil", 2, pupils))
    pages.append(("tried", "What we have tried", 4, tried))
    pages.append(("ask", "What we ask for and cost" if request.wants_money else "What we ask for", 4, ask))
    if request.wants_money:
        pages.append(("outcomes", "Outcomes", 3, outcomes))
    if request.wants_pupils and (whole.pupils or request.wants_money):
        pages.append(("agreement", "Agreement", 1, agreement))
    return [_task(whole, *page) for page in pages]


def missing(whole: Whole) -> list[tuple[str, str]]:
    """Everything that keeps it from being sent: (name of the page, sentence); empty when it is whole."""
    listed = tasks(whole)
    found = [(task.name, sentence) for task in listed if not task.waits for sentence in task.missing]
    titles = {task.name: task.title for task in listed}
    found += [
        (name, f"Somebody left unfinished words under “{titles[name]}”. Open that page and save it.")
        for name in whole.unfinished
        if name in titles
    ]
    return found


def need(whole: Whole) -> tuple[bool, list[str]]:
    request = whole.request
    gaps = []
    if not request.title:
        gaps.append("Give the request a title.")
    if not request.need:
        gaps.append("Describe the need.")
    return bool(request.title or request.need), gaps


def pupils(whole: Whole) -> tuple[bool, list[str]]:
    kind, count = whole.request.kind, len(whole.pupils)
    if kind == Kind.INDIVIDUAL and count == 0:
        return False, ["Add the pupil, under a two-word key."]
    if kind == Kind.INDIVIDUAL and count > 1:
        return True, ["This request is for one pupil: take the others out, or make it a group request."]
    if kind == Kind.GROUP and count < 2:
        return bool(count), ["Add the pupils of the group, two at least."]
    return bool(count), []


def tried(whole: Whole) -> tuple[bool, list[str]]:
    if whole.tried or whole.request.nothing_tried:
        return True, []
    return False, ["Say what was tried and what came of it, or why nothing was."]


def ask(whole: Whole) -> tuple[bool, list[str]]:
    request = whole.request
    started = bool(request.ask or whole.costs)
    gaps = [] if request.ask else ["Say what you ask the community for."]
    if request.wants_money:
        if not whole.costs:
            gaps.append("Add at least one cost.")
        if not (request.starts_on and request.ends_on):
            gaps.append("Say from when and until when the support would run.")
    return started, gaps


def outcomes(whole: Whole) -> tuple[bool, list[str]]:
    return bool(whole.outcomes), [] if whole.outcomes else ["Say what will be different, and how you will know."]


def agreement(whole: Whole) -> tuple[bool, list[str]]:
    agreed = {pupil.pk: getattr(pupil, "agreement", None) for pupil in whole.pupils}
    gaps = [f"Record who agreed to share for {pupil.key.words}." for pupil in whole.pupils if agreed[pupil.pk] is None]
    gaps += [
        f"{pupil.key.words} is 16 or over: ask the young person too."
        for pupil in whole.pupils
        if (found := agreed[pupil.pk]) and not is_enough(pupil.year_group, found.given_by)
    ]
    return any(agreed.values()), gaps if whole.pupils else [PUPILS_FIRST]


def is_enough(year_group: str, given_by: str) -> bool:
    """From 16 on it is the young person who agrees (SEND Code of Practice, chapter 8)."""
    return year_group not in ADULT_YEARS or given_by != Agreement.GivenBy.PARENT


Finder = Callable[[Whole], tuple[bool, list[str]]]


def _task(whole: Whole, name: str, title: str, minutes: int, find: Finder) -> Task:
    started, gaps = find(whole)
    return Task(name, title, minutes, started, name in whole.unfinished, tuple(gaps))
