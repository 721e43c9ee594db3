"""Doors of accounts."""

from datetime import timedelta

from django.utils import timezone

from accounts import tokens
from accounts.services.invitations import invite
from tests.actors import HALF_WAY
from tests.doors.door import HIDDEN, OPEN, Door, everybody, row
from tests.factories.accounts import NoticeFactory, UserFactory


def _token(_world):
    return {"token": tokens.write(invite(email="new@example.org", name="New", by=UserFactory(), now=timezone.now()))}


def _notice(_world):
    return {"pk": NoticeFactory(created_at=timezone.now() - timedelta(hours=1)).pk}


def _session(_world):
    return {"pk": 1}


OWN = row(OPEN)
SOMEBODY_ELSES = row(HIDDEN)
DOORS = [
    Door(
        "accounts:invitation",
        get=everybody(OPEN),
        post=everybody(OPEN),
        args=_token,
        body=lambda _w: {"password": "no"},
    ),
    Door("accounts:invitation-not-me", post=everybody(OPEN), args=_token),
    Door("accounts:hub", get=OWN),
    Door("accounts:notices", get=OWN),
    Door("accounts:notices-read", post=OWN),
    Door("accounts:notice-open", post=SOMEBODY_ELSES, args=_notice),
    Door("accounts:notice-read", post=SOMEBODY_ELSES, args=_notice),
    Door("accounts:preferences", get=OWN, post=OWN, body=lambda _world: {"volume": "needed"}),
    Door("accounts:second-factor", get=row(OPEN, **{HALF_WAY: OPEN})),
    Door("accounts:session-end", post=SOMEBODY_ELSES, args=_session),
    Door("accounts:email-address", get=OWN),
]
LIBRARY = "allauth's own door, covered by its suite and by tests/accounts/test_sign_in.py"
PREFIXES = ("account_", "mfa_", "socialaccount_", "social/", "usersessions_", "openid_connect_", "login/")
ELSEWHERE: dict[str, str] = dict.fromkeys(PREFIXES, LIBRARY)
