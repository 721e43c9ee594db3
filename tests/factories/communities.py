"""Made-up places, schools and posts."""

from datetime import date

import factory
from django.utils import timezone

from communities.models import (
    Appointment,
    Area,
    Community,
    CommunityMembership,
    CommunityPCN,
    County,
    District,
    Practice,
    PracticeLink,
    PrimaryCareNetwork,
    Principle,
    PrinciplesVersion,
    Role,
    School,
    SchoolLink,
    SchoolTrust,
    Service,
    Trust,
)
from tests.factories.accounts import UserFactory

LONG_AGO = date(2020, 9, 1)


class CountyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ("id",)

    id = 1
    name = "Wealdshire"
    la_code = "999"


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    name = factory.Sequence(lambda n: f"Area {n}")
    slug = factory.Sequence(lambda n: f"area-{n}")


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District

    code = factory.Sequence(lambda n: f"E0798{n:04d}")
    name = factory.Sequence(lambda n: f"District {n}")
    area = factory.SubFactory(AreaFactory)


class PrimaryCareNetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PrimaryCareNetwork

    code = factory.Sequence(lambda n: f"U{n:05d}")
    name = factory.Sequence(lambda n: f"Network {n}")


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    code = factory.Sequence(lambda n: f"G{n:05d}")
    name = factory.Sequence(lambda n: f"Practice {n}")


class PracticeLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeLink

    practice = factory.SubFactory(PracticeFactory)
    pcn = factory.SubFactory(PrimaryCareNetworkFactory)
    starts_on = LONG_AGO


class TrustFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Trust

    uid = factory.Sequence(lambda n: f"{5000 + n}")
    name = factory.Sequence(lambda n: f"Trust {n}")


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School

    urn = factory.Sequence(lambda n: 910000 + n)  # above those of the made-up county
    la_code = "999"
    establishment_number = factory.Sequence(lambda n: f"{2000 + n}")
    name = factory.Sequence(lambda n: f"School {n}")
    slug = factory.Sequence(lambda n: f"school-{n}")
    phase = "Primary"
    roll = 200
    district = factory.SubFactory(DistrictFactory)


class SchoolTrustFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchoolTrust

    school = factory.SubFactory(SchoolFactory)
    trust = factory.SubFactory(TrustFactory)
    starts_on = LONG_AGO


class SchoolLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchoolLink

    school = factory.SubFactory(SchoolFactory)
    linked_urn = factory.Sequence(lambda n: 800000 + n)
    kind = "Predecessor"


class CommunityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Community

    name = factory.Sequence(lambda n: f"Community {n}")
    slug = factory.Sequence(lambda n: f"community-{n}")
    area = factory.SubFactory(AreaFactory)
    opened_on = LONG_AGO


class CommunityMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommunityMembership

    community = factory.SubFactory(CommunityFactory)
    school = factory.SubFactory(SchoolFactory)
    starts_on = LONG_AGO


class CommunityPCNFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommunityPCN

    community = factory.SubFactory(CommunityFactory)
    pcn = factory.SubFactory(PrimaryCareNetworkFactory)
    starts_on = LONG_AGO


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    name = factory.Sequence(lambda n: f"Service {n}")
    slug = factory.Sequence(lambda n: f"service-{n}")


class PrinciplesVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PrinciplesVersion

    number = factory.Sequence(lambda n: n + 1)
    title = "Community Principles"
    starts_on = LONG_AGO
    published_at = factory.LazyFunction(timezone.now)


class PrincipleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Principle

    version = factory.SubFactory(PrinciplesVersionFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "Greatest need first, whichever school it is in."


class AppointmentFactory(factory.django.DjangoModelFactory):
    """Give the scope by name: AppointmentFactory(role=Role.CHAIR, community=north)."""

    class Meta:
        model = Appointment

    person = factory.SubFactory(UserFactory)
    role = Role.CHAIR
    starts_on = LONG_AGO
