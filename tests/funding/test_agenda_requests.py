"""What requests say to the agenda they stand on."""

from meetings.queries import screens
from tests.funding import made


def test_on_a_wall_a_request_is_its_reference(world, actors):
    request = made.submitted(world, actors)

    assert screens.shown(made.on_agenda(request)) == f"Request {request.reference}"
