"""What the list of communities is checked against, read once: areas, communities, networks and schools."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from communities.models import Area, Community, PrimaryCareNetwork, School, SchoolLink
from core.formats import short_date
from core.imports import Row

DFE_NUMBER = re.compile(r"(\d{3})\s?/?\s?(\d{4})", re.ASCII)
URN = re.compile(r"\d{5,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Known:
    """`slugs` leads from a community's address to its name; `closed` from a community's name to its last day."""

    areas: list[str]
    slugs: dict[str, str]
    closed: dict[str, date]
    networks: dict[str, str]
    by_urn: dict[int, School]
    by_number: dict[tuple[str, str], list[School]]

    @classmethod
    def now(cls) -> "Known":
        """Five queries."""
        schools = list(School.objects.order_by("urn"))
        by_number: dict[tuple[str, str], list[School]] = defaultdict(list)
        for school in schools:
            by_number[(school.la_code, school.establishment_number)].append(school)
        communities = list(Community.objects.all())
        return cls(
            areas=list(Area.objects.values_list("name", flat=True)),
            slugs={community.slug: community.name for community in communities},
            closed={community.name: community.closed_on for community in communities if community.closed_on},
            networks=dict(PrimaryCareNetwork.objects.values_list("code", "name")),
            by_urn={school.urn: school for school in schools},
            by_number=by_number,
        )

    def name(self, urn: str) -> str:
        """The school's name."""
        return self.by_urn[int(urn)].name

    def network_name(self, code: str) -> str:
        """The network's name."""
        return self.networks[code]

    def refuse_place(self, row: Row, name_column: str, name: str, area_column: str, area: str) -> None:
        """The area is there, and the community is new or spelled as it is here."""
        if area and area not in self.areas:
            row.fault(area_column, f"There is no area {area}. Areas are: {', '.join(self.areas) or 'none yet'}.")
        if not name:
            return
        slug = slugify(name)[:80]
        other = self.slugs.setdefault(slug, name)
        if not slug:
            row.fault(name_column, f"{name} has no letters that an address could be made of.")
        elif other != name:
            row.fault(name_column, f"{name} is too much like {other}. Write the name the same way everywhere.")
        if name in self.closed:
            row.fault(name_column, f"{name} closed on {short_date(self.closed[name])}. No school can join it.")

    def refuse_networks(self, row: Row, column: str, codes: tuple[str, ...]) -> None:
        """Every code is one of ours."""
        for code in codes:
            if code not in self.networks:
                row.fault(column, f"There is no primary care network {code[:20]}. Load the networks first.")

    def school(self, row: Row, column: str) -> School | None:
        """The school of a URN or a DfE number; None with a fault when there is none or more than one."""
        words = row.text(column, required=True)
        if URN.fullmatch(words):
            found = self.by_urn.get(int(words))
            if found is None:
                row.fault(column, f"There is no school with URN {words}. Check the number, or load the schools first.")
            return found
        if number := DFE_NUMBER.fullmatch(words):
            return self._numbered(row, column, number[1], number[2])
        if words:
            row.fault(column, f"“{words[:40]}” is neither a URN (six figures) nor a DfE number (as 886/2001).")
        return None

    def _numbered(self, row: Row, column: str, council: str, number: str) -> School | None:
        schools = self.by_number.get((council, number), [])
        current = [school for school in schools if school.status != School.Status.CLOSED] or schools
        if len(current) == 1:
            return current[0]
        if current:
            said = " and ".join(f"{school.name} ({school.urn})" for school in current[:3])
            row.fault(column, f"{council}/{number} is the number of {said}. Give the URN instead.")
        else:
            row.fault(column, f"There is no school with DfE number {council}/{number}.")
        return None

    def refuse_closed(self, row: Row, column: str, school: School, *, until: date) -> None:
        """A school that has closed is a member until its last day at most; its successor is named when there is one."""
        if school.status != School.Status.CLOSED or (school.closed_on and until <= school.closed_on):
            return
        when = f" on {short_date(school.closed_on)}" if school.closed_on else ""
        link = SchoolLink.objects.filter(school=school, kind__istartswith="successor").first()
        hint = f" Its successor is {link.linked_name} ({link.linked_urn})." if link else ""
        row.fault(column, f"{school.name} closed{when}. Give the line a last day, or leave it out.{hint}")
