"""A polite look at free text: is this word a pupil's name, this number a UPN, this date a birthday?

It asks and never blocks by itself; a person answers. Words the place knows (schools, services, communities) and words a
person said are nobody's name are let pass. Recall on a made-up set is measured in tests/communities/test_naming.py.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communities.words.first_names import FIRST_NAMES
from communities.words.not_names import NOT_NAMES

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’-]*")
UPN = re.compile(r"\b[A-HJ-NP-RT-Za-hj-np-rt-z]\d{11}[0-9A-HJ-NP-RT-Za-hj-np-rt-z]\b", re.ASCII)
NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)", re.ASCII)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
LONG_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS)})\.?,?\s+(\d{{4}})",
    re.ASCII | re.IGNORECASE,
)
OLDEST, YOUNGEST = 26, 2


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a person about their own words. `word` is as it stands in the text."""

    word: str
    kind: str

    @property
    def sentence(self) -> str:
        return ASKED[self.kind].format(self.word)

    @property
    def key(self) -> str:
        """How an answer is remembered."""
        return self.word.casefold()


ASKED = {
    "name": "Is “{}” a pupil?",
    "upn": "Is “{}” a pupil’s UPN?",
    "nhs": "Is “{}” somebody’s NHS number?",
    "birthday": "Is “{}” somebody’s date of birth?",
}


def questions(text: str, *, known: Iterable[str] = (), today: date) -> list[Question]:
    """What to ask about a text, each word once, in order. `known` are words or names that need no question."""
    let_pass = _known(known)
    found: dict[str, Question] = {}
    for kind, words in (
        ("upn", UPN.findall(text)),
        ("nhs", [number for number in NHS.findall(text) if _is_nhs(number)]),
        ("birthday", _birthdays(text, today)),
        ("name", _names(text, let_pass)),
    ):
        for word in words:
            if word.casefold() not in let_pass:
                found.setdefault(word.casefold(), Question(word, kind))
    return sorted(found.values(), key=lambda question: text.find(question.word))


def replace(text: str, word: str, by: str) -> str:
    """The text with the word written otherwise wherever it stands as a whole word, in any case; ’s is kept."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _match: by, text, flags=re.IGNORECASE)


def _known(known: Iterable[str]) -> set[str]:
    words: set[str] = set()
    for phrase in known:
        words.add(phrase.casefold())
        words |= {_bare(word).casefold() for word in WORD.findall(phrase)}
    return words


def _names(text: str, let_pass: set[str]) -> list[str]:
    """Capitalised words inside a sentence, and first names wherever they stand."""
    found = []
    for match in WORD.finditer(text):
        word = _bare(match.group())
        if not _looks_like_a_name(word) or word.casefold() in NOT_NAMES or word.casefold() in let_pass:
            continue
        if word.casefold() in FIRST_NAMES or not _starts_a_sentence(text, match.start()):
            found.append(word)
    return found


def _starts_a_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip(" \t\r\"“‘'(*•-–")
    return not before or before[-1] in ".!?:;\n"


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).strip("'’-")


def _looks_like_a_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:] != word[1:].upper()


def _is_nhs(number: str) -> bool:
    """Modulus 11, as the NHS Data Dictionary gives it."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check != 10 and digits[9] == check % 11


def _birthdays(text: str, today: date) -> list[str]:
    """Dates that would make somebody between a baby and 26 years old."""
    found = []
    for match in [*DAY.finditer(text), *LONG_DAY.finditer(text)]:
        day, month, year = match.groups()
        number = int(month) if month.isdigit() else [m[:3] for m in MONTHS].index(month[:3].lower()) + 1
        whole = int(year) + (2000 if len(year) == 2 else 0)
        try:
            born = date(whole, number, int(day))
        except ValueError:
            continue
        if YOUNGEST * 365 < (today - born).days < OLDEST * 365:
            found.append(match.group())
    return found
