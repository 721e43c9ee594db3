"""A small made-up county, the same for every test: two areas, two communities, four schools.

North (area Weald): Hartwell Primary and Oakfield Primary, both full members; Hartwell stands under Downs Trust.
South (area Coast): Marsh Academy (Downs Trust too) and Quay Infants.
The chair of North is head of Quay Infants in South; the chair of South is head of Oakfield in North.
"""

from dataclasses import dataclass
from datetime import date

from communities.models import (
    Area,
    Community,
    County,
    District,
    PrinciplesVersion,
    School,
    Service,
    Trust,
)
from communities.services import lists
from tests.factories.communities import (
    AreaFactory,
    CommunityFactory,
    CommunityMembershipFactory,
    CountyFactory,
    DistrictFactory,
    PrincipleFactory,
    PrinciplesVersionFactory,
    SchoolFactory,
    SchoolTrustFactory,
    ServiceFactory,
    TrustFactory,
)

LONG_AGO = date(2020, 9, 1)


@dataclass(frozen=True)
class World:
    county: County
    weald: Area
    coast: Area
    district: District
    north: Community
    south: Community
    hartwell: School
    oakfield: School
    marsh: School
    quay: School
    trust: Trust
    service: Service
    principles: PrinciplesVersion


def build_world() -> World:
    county = CountyFactory()
    lists.begin()
    weald, coast = (
        AreaFactory(name="Weald", slug="weald"),
        AreaFactory(name="Coast", slug="coast"),
    )
    district = DistrictFactory(name="Mid Weald", area=weald)
    north = CommunityFactory(name="North", slug="north", area=weald)
    south = CommunityFactory(name="South", slug="south", area=coast)
    hartwell, oakfield, marsh, quay = (
        SchoolFactory(name=name, slug=slug, urn=urn, district=district)
        for name, slug, urn in (
            ("Hartwell Primary", "hartwell-primary", 900101),
            ("Oakfield Primary", "oakfield-primary", 900102),
            ("Marsh Academy", "marsh-academy", 900103),
            ("Quay Infants", "quay-infants", 900104),
        )
    )
    for community, school in (
        (north, hartwell),
        (north, oakfield),
        (south, marsh),
        (south, quay),
    ):
        CommunityMembershipFactory(community=community, school=school)
    trust = TrustFactory(name="Downs Trust")
    for school in (hartwell, marsh):
        SchoolTrustFactory(school=school, trust=trust)
    principles = PrinciplesVersionFactory(number=1)
    for number in (1, 2):
        PrincipleFactory(version=principles, number=number)
    service = ServiceFactory(name="Specialist teaching", slug="specialist-teaching")
    return World(
        county,
        weald,
        coast,
        district,
        north,
        south,
        hartwell,
        oakfield,
        marsh,
        quay,
        trust,
        service,
        principles,
    )
