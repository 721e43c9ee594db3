"""Names that are nobody's secret: of the school, its staff, its community and the services. Never asked about."""

from datetime import date

from communities.models import Appointment, Community, School, Service


def around(school: School, *, on: date) -> list[str]:
    """What people of this school may write without being asked whether it is a pupil; three queries."""
    people = Appointment.objects.live_on(on).filter(school=school).values_list("person__name", flat=True)
    services = Service.objects.values_list("name", flat=True)
    communities = Community.objects.filter(memberships__school=school).values_list("name", flat=True)
    return [school.name, school.town, *people, *services, *communities]
