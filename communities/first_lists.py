"""The lists a new service begins with. Plain data: the migration and the tests read it, administrators change the rows.

Sources: the four areas of need of the SEND Code of Practice 2015; everything else is a sensible start for the council to
put into its own words.
"""

from datetime import date

FIRST_DAY = date(2025, 9, 1)
# list -> (code, label, meaning)
FIRST_LISTS: dict[str, list[tuple[str, str, str]]] = {
    "need_area": [
        ("communication", "Communication and interaction", "Speech, language, communication; autism"),
        ("cognition", "Cognition and learning", "Learning difficulties, dyslexia, dyscalculia"),
        ("semh", "Social, emotional and mental health", "Anxiety, attachment, attention, withdrawal"),
        ("sensory-physical", "Sensory and physical needs", "Vision, hearing, physical disability"),
    ],
    "sen_status": [
        ("sen-support", "SEN support", "The school has recorded special educational needs and gives extra support"),
        ("assessment", "EHC needs assessment under way", "The council is assessing, or has been asked to"),
        ("ehc-plan", "EHC plan", "An education, health and care plan is in force"),
        ("none", "Not on SEN support", "No special educational needs recorded so far"),
    ],
    "decline_reason": [
        ("ordinarily-available", "This is ordinarily available", "Every school is expected to offer it"),
        (
            "support-not-tried",
            "Specialist support has not been tried yet",
            "The Professional Resource Group comes first",
        ),
        ("not-for-the-budget", "The community’s money is not for this", "Another budget or service pays for it"),
        ("outcomes-unclear", "The outcomes are not clear enough", "It cannot be told later whether it helped"),
        ("no-money-left", "There is not enough money left", "Need was accepted; the budget does not reach"),
    ],
    "defer_reason": [
        ("more-information", "More information is needed", "The school is told what"),
        ("support-running", "Support under way should finish first", "Its result decides"),
        ("time-ran-out", "The meeting ran out of time", "It is heard first next time"),
        ("not-quorate", "Too few schools could decide", "Too many were away or had an interest"),
    ],
    "outcome_note": [
        (
            "ehc-needs-assessment",
            "The right to ask for an EHC needs assessment",
            "This decision does not replace or delay the right of a parent, a young person or a school to ask the council "
            "for an education, health and care (EHC) needs assessment at any time.",
        ),
        (
            "how-to-challenge",
            "How to challenge this decision",
            "If you think this decision is wrong, tell the chair in writing within 20 school days what you would like to be "
            "looked at again. You will get an answer in writing.",
        ),
    ],
}
TITLES: dict[str, str] = {
    "need_area": "Areas of need",
    "sen_status": "SEN status",
    "decline_reason": "Reasons for declining",
    "defer_reason": "Reasons for deferring",
    "outcome_note": "What every decision letter says",
}
