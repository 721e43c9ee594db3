"""Made-up figures. Indicators are those of the migration unless a test makes its own."""

from datetime import date

import factory
from django.utils import timezone

from dashboards.models import BoardDigest, Figure, FrozenFigure, Indicator
from tests.factories.accounts import UserFactory
from tests.factories.communities import AreaFactory, CommunityFactory, SchoolFactory


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator
        django_get_or_create = ("slug",)

    slug = "ehc-plans"
    name = "EHC plans"
    counted = "pupils with an EHC plan"
    out_of_word = "pupils on roll"
    meaning = "Made-up meaning."
    source = "Made-up source"
    licence = "Made-up licence."


class FigureFactory(factory.django.DjangoModelFactory):
    """A school's figure; give `level` and the place for another."""

    class Meta:
        model = Figure

    indicator = factory.SubFactory(IndicatorFactory)
    level = "school"
    period = "2023-24"
    school = factory.SubFactory(SchoolFactory)
    urn = factory.LazyAttribute(lambda figure: figure.school.urn if figure.school else None)
    count = 12
    out_of = 200


class FrozenFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FrozenFigure

    indicator = factory.SubFactory(IndicatorFactory)
    community = factory.SubFactory(CommunityFactory)
    place = "North"
    taken_by = factory.SubFactory(UserFactory)
    shown = factory.LazyFunction(
        lambda: {
            "name": "EHC plans",
            "meaning": "Made-up meaning.",
            "source": "Made-up source",
            "licence": "Made-up licence.",
            "rows": [
                {
                    "place": "North",
                    "level": "Community",
                    "figures": [{"period": "2023-24", "words": "4.1%"}],
                    "travel": "Not known",
                }
            ],
        }
    )
    taken_at = factory.LazyFunction(timezone.now)


class BoardDigestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BoardDigest

    area = factory.SubFactory(AreaFactory)
    week_starts_on = date(2026, 11, 16)
    facts = factory.LazyFunction(lambda: {"communities": [], "actions": [], "escalations": [], "missed": []})
    made_at = factory.LazyFunction(timezone.now)
