"""Template tags of the house, in every template without {% load %} (TEMPLATES builtins).

Each component is a Python function: its signature is the list of its props, keyword-only, and a typo is an error.
See them all at /styleguide/ in development, and docs/front-end.md for how to use them.
"""

from core.components import actions, data, lists, paper, places, words
from core.components.library import register

__all__ = ["actions", "data", "lists", "paper", "places", "register", "words"]
