from django.test import Client

from core.documents import tidy_code
from tests.factories.core import IssuedDocumentFactory


def test_a_whole_paper_shows_its_title_and_date_and_never_its_words(db):
    paper = IssuedDocumentFactory(title="Minutes of North", html="<p>amber kestrel</p>")
    response = Client().get(f"/verify/{paper.code}/")

    page = response.content.decode()
    assert "This paper is whole" in page
    assert "Minutes of North" in page
    assert paper.sha256 in page
    assert "kestrel" not in page


def test_a_paper_whose_words_were_changed_says_so(db):
    paper = IssuedDocumentFactory(sha256="0" * 64)

    page = Client().get(f"/verify/{paper.code}/").content.decode()

    assert "This paper is not whole" in page


def test_a_code_may_be_typed_with_spaces_and_small_letters(db):
    paper = IssuedDocumentFactory(code="7KPX4RTM9WQC")

    response = Client().get("/verify/", {"code": " 7kpx 4rtm-9wqc "})

    assert response.url == f"/verify/{paper.code}/"


def test_an_unknown_code_is_told_what_codes_look_like(db):
    response = Client().get("/verify/BBBBBBBBBBBB/")

    assert response.status_code == 404
    assert "We do not know this code" in response.content.decode()


def test_an_empty_code_is_an_error_beside_the_field(db):
    response = Client().get("/verify/", {"code": "<script>"})

    assert response.status_code == 422
    assert "Enter the code from the foot of the paper" in response.content.decode()


def test_nothing_but_letters_and_figures_is_a_code():
    assert [tidy_code(typed) for typed in ("ab cd", "../x", "é2", "B" * 21)] == [
        "ABCD",
        "",
        "",
        "",
    ]
