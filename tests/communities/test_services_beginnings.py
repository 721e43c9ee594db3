"""A new service has nobody who could invite; whoever holds the server begins it, once."""

import pytest
from django.core.management import CommandError, call_command

from accounts import letters
from accounts.models import Delivery, Invitation, User
from communities import powers
from communities.models import Appointment, County
from core.models import AuditEntry

pytestmark = pytest.mark.django_db
WORDS = ("begin", "--county", "Kent", "--la-code", "886", "--email", "Ada@example.org", "--name", "Ada Long")


def test_the_first_administrator_is_invited_and_may_administer(capsys):
    call_command(*WORDS)

    ada = User.objects.get()
    assert County.objects.get().name == "Kent"
    assert (ada.email, ada.has_usable_password(), Invitation.objects.get().person) == ("ada@example.org", False, ada)
    assert powers.holds_anywhere(ada, "administer_county")
    assert AuditEntry.objects.filter(action="communities.begun", by=None).count() == 1
    assert (
        capsys.readouterr().out
        == "Ada Long is invited by email to Ada@example.org and is the first administrator of Kent.\n"
    )


def test_the_invitation_does_not_say_that_they_invite_themselves():
    call_command(*WORDS)

    message = letters.write(Delivery.objects.get())

    assert "You are the first administrator of Communities of Schools." in message.body
    assert "Ada Long invites" not in message.body


def test_it_can_be_done_once(capsys):
    call_command(*WORDS)

    with pytest.raises(CommandError, match="There is a county administrator already"):
        call_command(*WORDS)

    assert Appointment.objects.count() == 1
