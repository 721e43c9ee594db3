"""The people of the made-up county, each with a client. `neighbour` is the actor most projects forget."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import sessions
from accounts.models import User
from accounts.second_factor import PASSED
from communities.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory
from tests.world import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VISITOR, HALF_WAY, DEACTIVATED, STRANGER = (
    "visitor",
    "half_way",
    "deactivated",
    "stranger",
)
SENCO, HEAD, BUSINESS, COLLEAGUE = "senco", "head", "business_manager", "colleague"
CHAIR, NEIGHBOUR, OUTSIDER = "chair", "neighbour", "outsider"
PROFESSIONAL, BOARD, OTHER_BOARD = "professional", "board_member", "other_board_member"
OFFICER, ADMIN, DATA_PROTECTION = "officer", "administrator", "data_protection"
# fmt: off
EVERYBODY = (VISITOR, HALF_WAY, DEACTIVATED, STRANGER, SENCO, HEAD, BUSINESS, COLLEAGUE, CHAIR, NEIGHBOUR, OUTSIDER,
             PROFESSIONAL, BOARD, OTHER_BOARD, OFFICER, ADMIN, DATA_PROTECTION)
# fmt: on


@dataclass(frozen=True)
class Actor:
    """`user` is None for the visitor."""

    name: str
    user: User | None
    client: Client


Actors = dict[str, Actor]


def cast(world: World) -> Actors:
    """Everybody, with their posts: senco, head and business manager at Hartwell (North), colleague is SENCO at Oakfield
    (North), chair chairs North and is head of Quay (South), neighbour chairs South, outsider is SENCO at Marsh (South).
    """
    posts: dict[str, list[dict[str, object]]] = {
        SENCO: [{"role": Role.SENCO, "school": world.hartwell}],
        HEAD: [{"role": Role.HEADTEACHER, "school": world.hartwell}],
        BUSINESS: [{"role": Role.BUSINESS_MANAGER, "school": world.hartwell}],
        COLLEAGUE: [{"role": Role.SENCO, "school": world.oakfield}],
        CHAIR: [
            {"role": Role.CHAIR, "community": world.north},
            {"role": Role.HEADTEACHER, "school": world.quay},
        ],
        NEIGHBOUR: [{"role": Role.CHAIR, "community": world.south}],
        OUTSIDER: [{"role": Role.SENCO, "school": world.marsh}],
        PROFESSIONAL: [{"role": Role.PROFESSIONAL, "service": world.service}],
        BOARD: [{"role": Role.BOARD_MEMBER, "area": world.weald}],
        OTHER_BOARD: [{"role": Role.BOARD_MEMBER, "area": world.coast}],
        OFFICER: [{"role": Role.OFFICER, "county": world.county}],
        ADMIN: [{"role": Role.ADMINISTRATOR, "county": world.county}],
        DATA_PROTECTION: [{"role": Role.DATA_PROTECTION, "county": world.county}],
        HALF_WAY: [{"role": Role.CHAIR, "community": world.north}],
        DEACTIVATED: [{"role": Role.CHAIR, "community": world.north}],
        STRANGER: [],
    }
    actors: Actors = {VISITOR: Actor(VISITOR, None, Client())}
    for name, held in posts.items():
        user = UserFactory(name=f"{name.replace('_', ' ').title()} Person", email=f"{name}@example.org")
        for post in held:
            AppointmentFactory(person=user, **post)
        actors[name] = Actor(name, user, Client())
    _seat([actor for actor in actors.values() if actor.user])
    User.objects.filter(email=f"{DEACTIVATED}@example.org").update(is_active=False)
    return actors


def _seat(cast: list[Actor]) -> None:
    """Give each a session as sign-in leaves it, all in one query: most tests start with everybody already there."""
    store, now = SessionStore(), timezone.now()
    rows = []
    for actor in cast:
        memory = {
            SESSION_KEY: str(actor.user.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: actor.user.get_session_auth_hash(),
        }
        if actor.name != HALF_WAY:
            memory[PASSED] = actor.user.pk
        sessions.begin(memory, now=now)
        key = get_random_string(32)
        rows.append(Session(session_key=key, session_data=store.encode(memory), expire_date=now + timedelta(days=1)))
        actor.client.cookies[settings.SESSION_COOKIE_NAME] = key
    Session.objects.bulk_create(rows)


def sign_in(user: User, *, second_factor: bool = True) -> Client:
    """A client with a session; without a second factor it stands half way in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    if second_factor:
        session = client.session
        session[PASSED] = user.pk
        session.save()
    return client
