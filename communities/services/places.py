"""Areas, communities and the council's own words."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from communities import permissions
from communities.models import Area, Community, County, District
from core import audit, wording
from core.models import ServiceSettings
from core.verdicts import require


class NameTaken(Exception):
    """There is one of that name already."""


@transaction.atomic
def add_area(*, name: str, by: User, now: datetime) -> Area:
    """Add an area. Raises Refused or NameTaken."""
    require(permissions.may_administer(by))
    area: Area = _named(Area, name)
    audit.record(action="communities.area_added", target=area, by=by, at=now, name=name)
    return area


@transaction.atomic
def place_district(*, district_id: int, area_id: int | None, by: User, now: datetime) -> District:
    """Say which area a district belongs to; None takes it out of every area. Raises Refused."""
    require(permissions.may_administer(by))
    district = District.objects.select_for_update().get(pk=district_id)
    before, district.area_id = district.area_id, area_id
    district.save(update_fields=["area"])
    audit.record(action="communities.district_placed", target=district, by=by, at=now, before=before, area=area_id)
    return district


@transaction.atomic
def open_community(*, name: str, area_id: int, opened_on: date, by: User, now: datetime) -> Community:
    """Open a community. Its address is made from its first name and never changes. Raises Refused or NameTaken."""
    require(permissions.may_administer(by))
    community: Community = _named(Community, name, area_id=area_id, opened_on=opened_on)
    audit.record(action="communities.opened", target=community, by=by, at=now, name=name, area=area_id)
    return community


@transaction.atomic
def change_community(*, community_id: int, name: str, area_id: int, by: User, now: datetime) -> Community:
    """Rename a community or place it in another area. Raises Refused or NameTaken."""
    require(permissions.may_administer(by))
    community = Community.objects.select_for_update().get(pk=community_id)
    before = {"name": community.name, "area": community.area_id}
    community.name, community.area_id = name, area_id
    try:
        with transaction.atomic():
            community.save(update_fields=["name", "area"])
    except IntegrityError as error:
        raise NameTaken(f"There is a community called {name} already.") from error
    audit.record(action="communities.changed", target=community, by=by, at=now, before=before, name=name, area=area_id)
    return community


@transaction.atomic
def close_community(*, community_id: int, on: date, by: User, now: datetime) -> Community:
    """Close a community that has no schools left. Raises Refused."""
    require(permissions.may_administer(by))
    community = Community.objects.select_for_update().get(pk=community_id)
    require(permissions.may_close(community))
    community.closed_on = on
    community.save(update_fields=["closed_on"])
    audit.record(action="communities.closed", target=community, by=by, at=now, on=str(on))
    return community


@transaction.atomic
def set_words(
    *,
    by: User,
    now: datetime,
    words: dict[str, Any],
    county_name: str,
    la_code: str,
    sub_icb_code: str | None = None,
) -> ServiceSettings:
    """Keep the council's name and words. `words` holds fields of ServiceSettings. Raises Refused.

    `sub_icb_code` is the council's NHS area, by which its primary care networks are chosen; None leaves it alone.
    """
    require(permissions.may_administer(by))
    settings, _ = ServiceSettings.objects.select_for_update().get_or_create(pk=1)
    before = {name: getattr(settings, name) for name in words}
    for name, value in words.items():
        setattr(settings, name, value)
    settings.save(update_fields=[*words, "updated_at"])
    county = {"name": county_name, "la_code": la_code}
    if sub_icb_code is not None:
        county["sub_icb_code"] = sub_icb_code
    County.objects.update_or_create(pk=1, defaults=county)
    audit.record(action="core.words_changed", target=settings, by=by, at=now, before=before, after=words, county=county)
    transaction.on_commit(wording.forget)
    return settings


def _named(model: type[Any], name: str, **fields: Any) -> Any:
    slug = slugify(name)
    try:
        with transaction.atomic():
            return model.objects.create(name=name, slug=slug, **fields)
    except IntegrityError as error:
        raise NameTaken(f"There is one called {name} already.") from error
