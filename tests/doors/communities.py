"""Doors of the registers."""

from django.utils import timezone

from core.models import ListEntry, OutboxMessage
from tests.actors import ADMIN, BOARD, BUSINESS, CHAIR, COLLEAGUE, DATA_PROTECTION, HEAD, OFFICER, SENCO
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, everybody, row
from tests.factories.accounts import DeliveryFactory, InvitationFactory
from tests.factories.communities import (
    AppointmentFactory,
    CommunityFactory,
    CommunityPCNFactory,
    PrimaryCareNetworkFactory,
    PrincipleFactory,
    PrinciplesVersionFactory,
)

ONLY_ADMIN = row(CLOSED, administrator=OPEN)
NORTH = row(
    HIDDEN, **dict.fromkeys((SENCO, HEAD, BUSINESS, COLLEAGUE, CHAIR, BOARD, OFFICER, ADMIN, DATA_PROTECTION), OPEN)
)
HARTWELL = row(HIDDEN, **dict.fromkeys((SENCO, HEAD, BUSINESS, OFFICER, ADMIN, DATA_PROTECTION), OPEN))
DATE = {"starts_on_0": "1", "starts_on_1": "9", "starts_on_2": "2026"}


def _slug(world):
    return {"slug": world.north.slug}


def _draft(_world):
    version = PrinciplesVersionFactory(number=77, published_at=None)
    PrincipleFactory(version=version, number=1)
    return {"number": version.number}


def _empty_community(_world):
    return {"slug": CommunityFactory(name="Empty", slug="empty").slug}


def _membership(world):
    return {"pk": world.north.memberships.get(school=world.oakfield).pk}


def _post(world):
    return {"pk": AppointmentFactory(role="senco", school=world.marsh).pk}


def _person(world):
    return {"pk": AppointmentFactory(role="senco", school=world.marsh).person_id}


def _list(_world):
    return {"name": "need_area"}


def _line(_world):
    return {"name": "need_area", "pk": ListEntry.objects.filter(list_name="need_area").first().pk}


def admin_only(name, args=lambda _world: {}, body=None, *, get=True):
    """A page of the county administrator's, by GET and, with a body, by POST."""
    return Door(
        f"communities:{name}",
        get=ONLY_ADMIN if get else None,
        post=ONLY_ADMIN if body is not None else None,
        args=args,
        body=body if callable(body) else lambda _world: body or {},
    )


DOORS = [
    admin_only("lists"),
    admin_only("list", _list),
    admin_only("list-add", _list, {"label": "Something new", **DATE}),
    admin_only("list-reword", _line, {"meaning": "Better words"}),
    admin_only("list-end", _line, {"ends_on_0": "1", "ends_on_1": "9", "ends_on_2": "2027"}),
    Door("communities:mine", get=row(OPEN)),
    Door("communities:principles", get=row(OPEN)),
    Door("communities:community", get=NORTH, args=_slug),
    Door("communities:school", get=HARTWELL, args=lambda world: {"urn": world.hartwell.urn}),
    admin_only("areas"),
    admin_only("area-add", body={"name": "Harbour"}),
    admin_only("district-place", lambda world: {"code": world.district.code}, {}),
    admin_only("county-communities"),
    admin_only("community-open", body={}),
    admin_only("county-community", _slug),
    admin_only("community-change", _slug, {}),
    admin_only("community-close", _empty_community, {}),
    admin_only("membership-add", _slug, {}),
    admin_only("pcn-link", _slug, lambda _world: {"pcn": PrimaryCareNetworkFactory().pk, **DATE}),
    admin_only("membership-end", _membership, {}),
    admin_only("membership-move", _membership, {}),
    admin_only("pcn-unlink", lambda world: {"pk": CommunityPCNFactory(community=world.north).pk}, {}),
    admin_only("county-schools"),
    admin_only("people"),
    admin_only("invite-role", body={"role": "senco"}),
    admin_only("invite", lambda _world: {"role": "senco"}, {}),
    admin_only("person", _person),
    admin_only("appoint-role", _person, {"role": "senco"}),
    admin_only("appoint", lambda world: {**_person(world), "role": "senco"}, {}),
    admin_only("post-end", _post, {}),
    admin_only("wording", body={}),
    admin_only("look", body={}),
    admin_only("county-principles"),
    admin_only("principles-draft", body={}, get=False),
    admin_only("principles-version", _draft, {}),
    admin_only("principles-publish", _draft, {}, get=False),
    admin_only("principles-discard", _draft, {}, get=False),
]
# --- letting people in, their accounts, and what the service could not settle by itself -----------------------------


def _invitation(_world):
    return {"pk": InvitationFactory().pk}


def _delivery(_world):
    return {"pk": DeliveryFactory(uncertain=True).pk, "answer": "arrived"}


def _parked(_world):
    now = timezone.now()
    return {"pk": OutboxMessage.objects.create(topic="tests.parked", key="1", attempts=8, parked_at=now).pk}


DOORS += [
    Door("communities:acting", get=row(OPEN), post=row(OPEN)),
    Door("communities:demo", get=everybody(HIDDEN)),
    Door("communities:demo-sign-in", post=everybody(HIDDEN), args=_person),
    admin_only("invitations"),
    admin_only("invitation-resend", _invitation, {}, get=False),
    admin_only("invitation-withdraw", _invitation, {}, get=False),
    admin_only("person-invite", _person, {}, get=False),
    admin_only("person-change", _person, {}),
    admin_only("person-close", _person, {}),
    admin_only("person-reopen", _person, {}, get=False),
    admin_only("person-second-step", _person, {}),
    admin_only("deliveries"),
    admin_only("delivery-settle", _delivery, {}, get=False),
    admin_only("given-up"),
    admin_only("try-again", _parked, {}, get=False),
    admin_only("try-all-again", body={}, get=False),
]
ELSEWHERE: dict[str, str] = {}
