"""Second-factor secrets move under a new key while people go on signing in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    person = UserFactory()
    app = Authenticator.objects.create(user=person, type="totp", data={"secret": encrypt("ORANGE")})
    codes = Authenticator.objects.create(
        user=person, type="recovery_codes", data={"seed": encrypt("seed"), "used_mask": 5}
    )
    passkey = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Phone"})
    return app, codes, passkey


def test_after_reencryption_only_the_newest_key_is_needed(kept, settings, capsys):
    old, new = settings.SECRETS_KEYS[0], Fernet.generate_key().decode()
    settings.SECRETS_KEYS = [new, old]

    call_command("reencrypt_secrets")

    settings.SECRETS_KEYS = [new]
    app, codes, passkey = Authenticator.objects.order_by("pk")
    assert decrypt(app.data["secret"]) == "ORANGE"
    assert (decrypt(codes.data["seed"]), codes.data["used_mask"]) == ("seed", 5)
    assert passkey.data == {"name": "Phone"}
    assert capsys.readouterr().out == "2 secrets are now under the newest key.\n"


def test_without_it_the_old_key_is_still_needed(kept, settings):
    settings.SECRETS_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        decrypt(kept[0].data["secret"])
