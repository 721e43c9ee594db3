"""The detector asks about names, numbers and birthdays, and lets the words of a school pass."""

from datetime import date

import pytest

from communities import naming

TODAY = date(2026, 11, 24)
# A made-up set: (text, the words that point to a pupil). Names inside sentences, at their start, with ’s, hyphens, accents.
MADE_UP = [
    ("Jordan finds loud rooms hard.", ["Jordan"]),
    ("In class, Amelia's behaviour changes after lunch.", ["Amelia"]),
    ("We asked whether Kofi could join the group.", ["Kofi"]),
    ("The plan worked for Zofia and for Mohammed.", ["Zofia", "Mohammed"]),
    ("Yesterday Anne-Marie left the room.", ["Anne-Marie"]),
    ("His friend Zoë helps.", ["Zoë"]),
    ("Since September, O'Neill has been calmer.", ["O'Neill"]),
    ("Mum says Tariq sleeps badly.", ["Tariq"]),
    ("Support: Leo gets two hours a week.", ["Leo"]),
    ("- Ruby reads with an adult", ["Ruby"]),
    ("Her brother Xzavion is in Year 2.", ["Xzavion"]),
    ("The twins, Esme and Edie, share a table.", ["Esme", "Edie"]),
    ("After the visit Siobhan’s mother rang.", ["Siobhan"]),
    ("Oliver was told. Oliver agreed.", ["Oliver"]),
    ("A risk assessment names Preeti.", ["Preeti"]),
    ("Born 14/03/2017 and placed in care.", ["14/03/2017"]),
    ("DOB 3 May 2015.", ["3 May 2015"]),
    ("UPN A123456789012 is on the plan.", ["A123456789012"]),
    ("NHS number 943 476 5919 was given.", ["943 476 5919"]),
    ("Her name is Wren.", ["Wren"]),
]
PLAIN = [
    "Speech and language therapy came on Tuesday and in October.",
    "The SENCO and the Headteacher met the Educational Psychologist.",
    "Year 4, Key Stage 2, Read Write Inc and Numicon. Makaton signs every day.",
    "We started on 14 September 2026 and reviewed on 20/10/2026.",
    "Autism outreach wrote a plan. It helped in part. Staff changed twice.",
    "An EHC needs assessment is under way; the EHCP may follow.",
    "Lego therapy and ELSA sessions: 3 x 30 minutes.",
]


@pytest.mark.parametrize(("text", "words"), MADE_UP)
def test_each_word_that_points_to_a_pupil_is_asked_about(text, words):
    found = [question.word for question in naming.questions(text, today=TODAY)]

    assert found == words


def test_recall_on_the_made_up_set_is_printed(capsys):
    wanted = [(text, word) for text, words in MADE_UP for word in words]
    hits = [pair for pair in wanted if pair[1] in {q.word for q in naming.questions(pair[0], today=TODAY)}]

    with capsys.disabled():
        print(f"\nnames, numbers and birthdays found: {len(hits)} of {len(wanted)}")  # noqa: T201 -- the figure is the point
    assert len(hits) == len(wanted)


@pytest.mark.parametrize("text", PLAIN)
def test_words_of_a_school_are_let_pass(text):
    assert naming.questions(text, today=TODAY) == []


def test_known_places_and_people_are_let_pass():
    text = "At Hartwell Primary we asked Specialist Teaching, and Mrs Okafor wrote to Downs Trust."

    assert naming.questions(text, known=["Hartwell Primary", "Ngozi Okafor", "Downs Trust"], today=TODAY) == []


def test_a_word_said_to_be_nobody_is_not_asked_again():
    assert naming.questions("We use Wren class.", known=["wren"], today=TODAY) == []


def test_each_word_is_asked_once():
    found = naming.questions("He told Kofi. Then Kofi told KOFI.", today=TODAY)

    assert [(question.word, question.sentence) for question in found] == [("Kofi", "Is “Kofi” a pupil?")]


def test_a_number_that_fails_the_check_is_no_nhs_number():
    assert naming.questions("Call 943 476 5918 or 0300 041 1234.", today=TODAY) == []


def test_a_name_is_replaced_everywhere_and_its_ending_kept():
    text = naming.replace("Kofi's plan. Ask Kofi, not Kofinan. KOFI!", "Kofi", "amber kestrel")

    assert text == "amber kestrel's plan. Ask amber kestrel, not Kofinan. amber kestrel!"
