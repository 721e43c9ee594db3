"""Ask once a page: while a page is being read, a question already answered is not asked again.

Only GET and HEAD remember (see core.middleware.OncePerPage). Whatever writes asks anew each time, under its locks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers of this page", default=None)


def once_a_page(question: Callable[P, R]) -> Callable[P, R]:
    """Remember what this function answers to these arguments until the page is drawn. Arguments must be hashable; rows
    are told apart by their primary keys. Whoever asks must not change the answer.
    """

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        found: R = answers[key]
        return found

    return ask


@contextmanager
def one_page() -> Iterator[None]:
    """What is asked inside is remembered until its end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)
