"""The made-up people of Wealdshire."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import cycle

from django.utils.timezone import localdate

from accounts.models import User
from communities.models import Area, Community, School, Service
from communities.models.appointment import Role
from communities.queries import member_schools, people_with
from communities.services.appointments import Post, appoint

FIRST = [
    "Amara",
    "Bea",
    "Callum",
    "Dilys",
    "Ewan",
    "Farah",
    "Gwen",
    "Harun",
    "Imogen",
    "Jonah",
    "Kezia",
    "Leon",
    "Maeve",
    "Nadia",
    "Owen",
    "Priya",
    "Quentin",
    "Rosa",
    "Samir",
    "Tamsin",
    "Una",
    "Viktor",
    "Wren",
    "Xanthe",
    "Yusuf",
    "Zara",
]
LAST = [
    "Alder",
    "Birch",
    "Coppice",
    "Dene",
    "Elmstead",
    "Fairweather",
    "Garland",
    "Hollis",
    "Ivory",
    "Juniper",
    "Kestrel",
    "Larkin",
    "Marlowe",
    "Nettle",
    "Oakes",
    "Pargeter",
    "Quill",
    "Rowan",
    "Sedge",
    "Thistlewood",
    "Underhill",
    "Vetch",
    "Wainwright",
    "Yarrow",
]
LONG_AGO = date(2024, 9, 1)


class People:
    """Makes people with posts. Names come round in a fixed order, so that every sample county is the same."""

    def __init__(self, admin: User, now: datetime) -> None:
        self.admin, self.now = admin, now
        self._names = self._all_names()

    def _all_names(self) -> Iterator[str]:
        for step in range(len(LAST)):
            yield from (f"{first} {LAST[(place + step) % len(LAST)]}" for place, first in enumerate(FIRST))

    def make(self, role: Role, scope_id: int | None, *, name: str = "") -> User:
        """Somebody new with a post since long ago."""
        name = name or next(self._names)
        person = User.objects.create_user(f"{name.lower().replace(' ', '.')}@wealdshire.example", name)
        return self.give(person, role, scope_id)

    def give(self, person: User, role: Role, scope_id: int | None, *, reason: str = "") -> User:
        """A post since long ago for somebody there is already."""
        post = Post(role, scope_id, LONG_AGO, reason=reason)
        appoint(person_id=person.pk, post=post, by=self.admin, now=self.now)
        return person


def settle(people: People, today: date) -> None:
    """Everybody: schools first, then chairs from other communities, the boards and the county."""
    heads: dict[int, list[User]] = {}
    for community in Community.objects.order_by("pk"):
        heads[community.pk] = [_staff(people, school) for school in member_schools(community, on=today)]
    _chairs(people, heads)
    for area in Area.objects.order_by("pk"):
        for _ in range(2):
            people.make(Role.BOARD_MEMBER, area.pk)
    for _ in range(2):
        people.make(Role.OFFICER, None)
    people.make(Role.DATA_PROTECTION, None)
    for service in Service.objects.order_by("pk"):
        people.make(Role.PROFESSIONAL, service.pk)


def _staff(people: People, school: School) -> User:
    people.make(Role.SENCO, school.pk)
    if school.pk % 4 == 0:
        people.make(Role.BUSINESS_MANAGER, school.pk)
    return people.make(Role.HEADTEACHER, school.pk)


def _chairs(people: People, heads: dict[int, list[User]]) -> None:
    """Each community is chaired by a head of the next one; a shared trust is allowed with a reason, as the rule says."""
    communities = list(heads)
    following = cycle(communities[1:] + communities[:1])
    for community_id in communities:
        reason = "The only experienced head who had time; the trust takes no part in the community’s decisions"
        people.give(heads[next(following)][0], Role.CHAIR, community_id, reason=reason)


def holder(school: School, role: Role) -> User:
    """Who has this post at the school."""
    return people_with(role, on=localdate(), school=school).order_by("pk")[0]


def officer() -> User:
    """The first of the two High Needs Funding officers."""
    return people_with(Role.OFFICER, on=localdate()).order_by("pk")[0]
