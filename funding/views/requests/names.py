"""Is this word a pupil? A polite question, once for each word, with the answer that writes the key instead."""

import hashlib

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from communities.naming import Question
from funding.queries import wording
from funding.services import wording as services
from funding.views.requests.common import METHODS, shown, written

NOBODY, SOMEBODY = "nobody", "the pupil"


@require_http_methods(METHODS)
def names(request: UserRequest, reference: str) -> HttpResponse:
    """Every open question of the request on one page."""
    one = written(request, reference)
    whole = shown(request, one)
    open_questions = [question for _page, question in wording.questions(whole, today=timezone.localdate())]
    instead = [*(pupil.key.words for pupil in whole.pupils), SOMEBODY]
    if request.method == "POST":
        answers = {question.word: request.POST.get(_field(question), "") for question in open_questions}
        _answer(request, one.pk, answers, instead)
        left = wording.questions(shown(request, written(request, reference)), today=timezone.localdate())
        if not left:
            messages.success(request, "Thank you. No name is left open.")
        return redirect("funding:names" if left else "funding:request", reference=reference)
    context = {
        "one": one,
        "questions": [(_field(question), question) for question in open_questions],
        "instead": instead,
    }
    return render(request, "funding/names.html", context)


def _field(question: Question) -> str:
    """The name of the answer: stays with its word when somebody else changes another page meanwhile."""
    return f"word-{hashlib.sha256(question.key.encode()).hexdigest()[:12]}"


def _answer(request: UserRequest, request_id: int, answers: dict[str, str], instead: list[str]) -> None:
    by, now = request.user, timezone.now()
    if nobody := [word for word, said in answers.items() if said == NOBODY]:
        services.not_a_pupil(request_id=request_id, words=nobody, by=by, now=now)
    for word, said in answers.items():
        if said in instead:
            services.replace_everywhere(request_id=request_id, word=word, instead=said, by=by, now=now)
