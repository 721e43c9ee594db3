"""Made-up rows of funding: the money half and the requests half."""

from tests.factories.funding_money import *  # noqa: F403
from tests.factories.funding_requests import *  # noqa: F403
