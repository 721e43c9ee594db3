"""Step 7: two school years of published figures, from the file to the next agenda."""

from meetings.models import AgendaItem
from tests.journeys.person import Person
from tests.journeys.story import county, kent
from tests.journeys.story.stage import Stage

CENSUS = "School census (performance tables)"


def look_at_the_figures(stage: Stage) -> None:
    """The administrator loads them, the chair reads them and puts one on the next agenda."""
    admin = stage.person("administrator")
    for year in ("2018-2019", "2023-2024"):
        file = kent.published(f"census/{year}_england_census_kent.csv")
        county.load(stage, admin, CENSUS, file, f"census-{year}")
    _of_the_county(stage, admin)
    chair = stage.person("chair")
    _of_the_community(stage, chair)
    _discussed(stage, chair)


def _of_the_county(stage: Stage, admin: Person) -> None:
    stage.look(admin.go("/figures/").sees("Kent"), "figures-places")
    admin.press("Kent").sees("Figures of Kent")
    admin.sees("271,166").sees("14,579 of 271,166").sees("34,112 of 271,166").sees("England")
    stage.look(admin, "figures-county")
    stage.look(admin.go("/figures/").press("Ashford").sees("Figures of Ashford"), "figures-district")


def _of_the_community(stage: Stage, chair: Person) -> None:
    chair.go("/figures/").press(kent.COMMUNITY).sees(f"Figures of {kent.COMMUNITY}")
    stage.look(chair, "figures-community")
    chair.press("SEN support over time and by school").sees("School by school").sees(kent.SCHOOL)
    stage.look(chair, "figures-indicator")


def _discussed(stage: Stage, chair: Person) -> None:
    chair.go(f"/figures/community/{stage.facts['community'].slug}/sen-support/")
    chair.press("Discuss this at the next meeting").sees("is on the agenda of 9 February 2027")
    stage.look(chair, "figures-on-the-agenda")
    item = AgendaItem.objects.get(source_key__startswith="dashboards.figure:")
    stage.look(chair.go(item.link).sees("As it was"), "figures-frozen")
    stage.look(chair.go(stage.facts["meeting"]).sees(item.title), "agenda-with-figure")
