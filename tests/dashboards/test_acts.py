"""Every act that can stand in the log has words for the data protection officer."""

import ast
from pathlib import Path

from django.conf import settings

from communities.services.registers import ACTS
from dashboards.acts import WORDS, words
from funding.models import LedgerTransaction
from funding.steps import STEPS
from meetings.models import ItemProposal, MinuteCorrection, NoteField

HERE = Path(settings.BASE_DIR)
APPS = ("accounts", "communities", "core", "dashboards", "funding", "meetings", "provision")
CORRECTION, PROPOSAL = MinuteCorrection.State, ItemProposal.State
# Names that are put together where they are written down, and what they are put together from.
PUT_TOGETHER = {
    "read.{how}": ["viewed", "viewed history", "downloaded", "exported"],
    "funding.request_{step}": list(STEPS),
    "funding.ledger.{kind}": LedgerTransaction.Kind.values,
    "minutes.correction_{correction.state}": [CORRECTION.ACCEPTED, CORRECTION.DECLINED],
    "proposal.{state}": [PROPOSAL.ACCEPTED, PROPOSAL.DECLINED, PROPOSAL.WITHDRAWN],
    "item.{field}_saved": NoteField.values,
    "{ACTS[name, change.change == 'added']}": list(ACTS.values()),
}


def test_every_action_that_is_written_down_has_words_and_no_others_do():
    written = {
        name for path in _sources() for call in _calls(path, "record") for name in _names(_given(call, "action"))
    }

    assert written - WORDS.keys() == set()
    assert WORDS.keys() - written == set()


def test_every_way_of_reading_has_words():
    ways = {way for path in _sources() for call in _calls(path, "note") for way in _ways(call)}

    assert ways | {"viewed"} == set(PUT_TOGETHER["read.{how}"])


def test_words_are_words():
    assert [said for said in WORDS.values() if not said[:1].isupper() or "_" in said or said.endswith(".")] == []


def test_a_name_that_nobody_uses_any_more_is_shown_as_it_stands():
    assert words("funding.request_sign") == "Signed a request off"
    assert words("funding.never_heard_of") == "funding.never_heard_of"


def _sources():
    return [path for app in APPS for path in sorted((HERE / app).rglob("*.py")) if path.name != "audit.py"]


def _calls(path: Path, name: str):
    """Calls of `audit.record` and `readings.note`, which are always called by these names."""
    module = {"record": "audit", "note": "readings"}[name]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"{module}.{name}":
            yield node


def _given(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _names(value: ast.expr | None) -> list[str]:
    """Every name that an expression can come to. One put together in a new way must be added to PUT_TOGETHER."""
    if isinstance(value, ast.Constant):
        return [value.value]
    if isinstance(value, ast.IfExp):
        return [*_names(value.body), *_names(value.orelse)]
    text = ast.unparse(value).removeprefix("f").strip("'") if isinstance(value, ast.JoinedStr) else ast.unparse(value)
    shape = text if isinstance(value, ast.JoinedStr) else f"{{{text}}}"
    before, after = shape.partition("{")[0], shape.rpartition("}")[2]
    return [f"{before}{part}{after}" for part in PUT_TOGETHER[shape]]


def _ways(call: ast.Call) -> list[str]:
    """The ways of reading that a call names; one handed down from elsewhere is named there."""
    how = _given(call, "how")
    return [how.value] if isinstance(how, ast.Constant) else []
