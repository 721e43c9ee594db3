"""The council's colours and logo: readable, safe, shown everywhere."""

import struct
import zlib
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.forms.look import Look
from communities.services.look import set_look
from core import colours
from core.models import AuditEntry
from core.verdicts import Refused
from core.wording import words
from tests.actors import ADMIN, CHAIR, VISITOR

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
GOOD = {"brand_colour": "#1d3a6e", "accent_colour": "#E0B040"}


def png(width=40, height=20):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * 3 * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def filled(data=GOOD, logo=None):
    files = {"logo": SimpleUploadedFile("logo.png", logo)} if logo is not None else {}
    return Look(data, files)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54)])
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_our_own_colours_can_be_read():
    assert colours.contrast(colours.BRAND, "#ffffff") > colours.ENOUGH


def test_a_dark_colour_is_taken_however_it_is_typed():
    form = filled({"brand_colour": " 1D3A6E ", "accent_colour": "#E0B040"}, png())

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "brand_colour": "#1d3a6e",
        "accent_colour": "#e0b040",
        "logo": png(),
        "no_logo": False,
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "#77aaff",
            "This colour is too light for white words: its contrast is 2.3 and must be 4.5. Choose a darker one",
        ),
        ("red", "Enter a colour as six figures or letters, like #0f4a44"),
        ("#0f4a44;}", "Enter a colour as six figures or letters, like #0f4a44"),
    ],
)
def test_other_colours_are_refused_with_a_sentence(typed, sentence):
    assert filled(GOOD | {"brand_colour": typed}).errors["brand_colour"] == [sentence]


@pytest.mark.parametrize(
    ("logo", "sentence"),
    [
        (b"<svg onload='alert(1)'>", "The logo must be a PNG picture, at most 2,000 pixels wide and high"),
        (png(width=3000), "The logo must be a PNG picture, at most 2,000 pixels wide and high"),
        (png() + b"x" * 200_001, "The logo must be smaller than 200 kB"),
    ],
)
def test_other_logos_are_refused_with_a_sentence(logo, sentence):
    assert filled(logo=logo).errors["logo"] == [sentence]


def test_the_look_is_kept_and_the_record_says_so(actors):
    set_look(by=actors[ADMIN].user, now=NOW, **GOOD | {"accent_colour": "#e0b040"}, logo=png(), no_logo=False)

    entry = AuditEntry.objects.get(action="core.look_changed")
    assert entry.details == {"brand_colour": "#1d3a6e", "accent_colour": "#e0b040", "logo": True}


def test_only_an_administrator_changes_the_look(actors):
    with pytest.raises(Refused):
        set_look(by=actors[CHAIR].user, now=NOW, **GOOD, logo=None, no_logo=False)


def test_everybody_sees_the_look(actors, django_capture_on_commit_callbacks):
    client = actors[ADMIN].client
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("communities:look"), GOOD | {"logo": SimpleUploadedFile("x.png", png())})

    assert answer.status_code == 302
    visitor = actors[VISITOR].client
    sheet = visitor.get(reverse("core:theme"))
    assert (sheet["Content-Type"], "--council-brand:#1d3a6e;" in sheet.content.decode()) == ("text/css", True)
    picture = visitor.get(reverse("core:logo"))
    assert (picture["Content-Type"], picture.content) == ("image/png", png())
    assert 'class="app-header__logo"' in visitor.get(reverse("core:help")).content.decode()


def test_the_logo_can_be_taken_away_and_is_kept_otherwise(actors, django_capture_on_commit_callbacks):
    def keep(**changes):
        plain = {"logo": None, "no_logo": False, "accent_colour": "#e0b040", "brand_colour": "#1d3a6e"}
        with django_capture_on_commit_callbacks(execute=True):
            set_look(by=actors[ADMIN].user, now=NOW, **plain | changes)
        return bool(words().logo)

    assert [keep(logo=png()), keep(), keep(no_logo=True)] == [True, True, False]
