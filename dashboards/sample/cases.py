"""What the communities of Wealdshire heard about, and what came of it: something of everything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tried:
    """Support before the request: by the school, or by a service of the register (its name)."""

    what: str
    outcome: str
    note: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What a request is about. `rate` an hour, `hours` a week for `weeks`, or `one_sum`, all pounds; neither for a discussion."""

    kind: str
    title: str
    need: str
    ask: str
    tried: tuple[Tried, ...]
    what: str = ""
    rate: str = ""
    hours: str = ""
    weeks: int = 0
    one_sum: str = ""
    outcome: str = ""
    known_by: str = ""
    pupils: int = 1
    year: str = "3"


@dataclass(frozen=True, slots=True)
class Case:
    """A story at a meeting: how the community came to what it recommends, and what the chair decided.

    `decides` is empty where the chair has not decided yet. In part is a departure: the chair gives less than recommended.
    """

    story: str
    how: str
    recommends: str
    decides: str


STORIES = {
    "calm": Story(
        "individual", "A calm start to the day", "Arrives upset most mornings and cannot settle until ten o’clock.",
        "A trained adult for the first half hour, with a plan that steps down.",
        (Tried("A plan in class, reviewed twice", "partly", "It helped in small groups, not in the whole class."),),
        "Teaching assistant, first half hour", "15.40", "2.5", 24,
        outcome="Starts lessons with the class on four days of five", known_by="The morning record, every week",
    ),
    "talking": Story(
        "group", "Talking together", "Three pupils in Year 3 speak in single words and are not understood by others.",
        "A speech and language group led by a trained assistant.",
        (
            Tried("Six visits and a programme for the class", "helped", "Two other pupils need no more.", "Specialist teaching"),
            Tried("Visits to the outreach class", "not_available", "No place until next term.", "Special school outreach"),
        ),
        "Trained assistant, speech group", "17.20", "8.0", 30,
        outcome="Each uses sentences of five words with other children",
        known_by="The speech checklist, twice a year", pupils=3,
    ),
    "room": Story(
        "project", "A quiet room that works", "Eleven pupils leave lessons when they are too loud; there is nowhere to go.",
        "Fit out the old store as a quiet room, and train six staff.",
        (Tried("A tent in the corridor, for half a term", "no", "It was too near to the noise."),),
        "Training and furniture", one_sum="4600.00",
        outcome="Fewer pupils leave lessons without a plan", known_by="The behaviour record, before and after", pupils=0,
    ),
    "refusal": Story(
        "discussion", "School refusal in Year 6", "Has been in school nine days this term. We would like other eyes on it.",
        "What has worked for others?",
        (Tried("A consultation, and a plan with the family", "too_early", "Two visits so far.", "Educational psychology"),),
        year="6",
    ),
    "safely": Story(
        "individual", "Getting about safely", "Uses a walking frame and tires by midday; falls have become more frequent.",
        "An adult at the change of lessons and at lunch.",
        (Tried("Lessons moved to the ground floor", "partly", "Fewer falls, but not at lunch."),),
        "Mobility support at lunch", "15.40", "6.5", 36,
        outcome="Moves between rooms without a fall for half a term", known_by="The accident book",
    ),
}  # fmt: skip

# Three meetings' worth. A community hears the next of them at its next meeting, and what was deferred before.
HEARD = (
    (Case("room", "consensus", "approve", "approve"), Case("talking", "consensus", "in_part", "in_part")),
    (Case("calm", "consensus", "decline", "decline"), Case("safely", "consensus", "defer", "defer")),
    (Case("refusal", "advice", "advice", "advice"), Case("safely", "vote", "approve", "approve")),
)
HEARD_AGAIN = Case("safely", "vote", "approve", "approve")
UNDECIDED = Case("calm", "consensus", "approve", "")
