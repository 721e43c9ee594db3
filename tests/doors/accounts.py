"""Doors of accounts."""

from tests.doors.door import Door

DOORS: list[Door] = []
LIBRARY = "allauth's own door, covered by its suite and by tests/accounts/test_sign_in.py"
PREFIXES = ("account_", "mfa_", "socialaccount_", "social/", "usersessions_", "openid_connect_", "login/")
ELSEWHERE: dict[str, str] = dict.fromkeys(PREFIXES, LIBRARY)
