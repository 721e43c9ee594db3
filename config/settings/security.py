"""What sign-in and the browser may do. Sources: reference review of allauth, django-csp and htmx defaults."""

from typing import Any
from urllib.parse import urlsplit

import structlog
from csp.constants import NONE, SELF
from environs import Env

env = Env()

# --- allauth: invitation only, e-mail is the name one signs in with -------------------------------------------------
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignIn",
    "request_login_code": "accounts.forms.SendCode",
    "reset_password": "accounts.forms.SendPasswordLink",
    "reset_password_from_key": "accounts.forms.NewPasswordByLink",
    "change_password": "accounts.forms.ChangePassword",
    "set_password": "accounts.forms.AddPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Per account first; per address generous, because a whole school stands behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/5m/key,300/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "request_login_code": "60/m/ip,3/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "accounts.forms.AddPasskey"}
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey without fingerprint, face or PIN would be one factor, not two
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # a whole school stands behind one address
MFA_TOTP_ISSUER = "Communities of Schools"
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off, and a person may type slowly
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # bound by `sub`, never by an e-mail claim
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
APPS: list[dict[str, Any]] = []
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": APPS}}
for provider in ("microsoft", "google"):
    if client_id := env.str(f"OIDC_{provider.upper()}_CLIENT_ID", ""):
        APPS.append(
            {
                "provider_id": provider,
                "name": provider.title(),
                "client_id": client_id,
                "secret": env.str(f"OIDC_{provider.upper()}_SECRET"),
                "settings": {"server_url": env.str(f"OIDC_{provider.upper()}_SERVER_URL")},
            }
        )

# --- content security policy: nothing inline, nothing from elsewhere ------------------------------------------------
addresses = [urlsplit(app["settings"]["server_url"]) for app in APPS]
identity_providers = [f"{address.scheme}://{address.netloc}" for address in addresses]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Chromium holds this against the redirect that follows a form, so the buttons of identity providers need theirs.
        "form-action": [SELF, *identity_providers],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
