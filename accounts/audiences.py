"""Who a notice is still meant for when its email goes out: the question is asked again by the app that owns the answer.

`notify(..., audience="communities.members:12")` asks the question registered as "communities.members" with "12".
"""

from collections.abc import Callable

from accounts.models import User

Question = Callable[[User, str], bool]
QUESTIONS: dict[str, Question] = {}


def audience(kind: str) -> Callable[[Question], Question]:
    """Register the question of a kind: `(person, argument) -> bool`."""

    def register(question: Question) -> Question:
        if kind in QUESTIONS:
            raise ValueError(f"{kind} has a question already")
        QUESTIONS[kind] = question
        return question

    return register


def still_meant_for(person: User, words: str) -> bool:
    """Whether the person still belongs to the audience; True for a notice of their own (no audience)."""
    if not words:
        return True
    kind, _, argument = words.partition(":")
    return QUESTIONS[kind](person, argument)
