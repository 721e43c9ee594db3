"""Two plain words for a pupil: nothing to be ashamed of, nothing that sounds like a name."""

import random

FIRST = """
amber ash azure bright bronze brisk calm cedar clear cobalt copper coral crimson dawn deep early ember fern flint gentle
golden granite green hazy indigo ivory jade keen late lemon lilac little lunar maple marble mellow misty mossy navy nimble
north ocean olive opal orange pearl pine plum polar quick quiet rapid ruby russet sandy scarlet silver sky slate snowy south
spring still stone sunny swift teal tidal timber topaz velvet violet warm west wild windy winter woodland yellow
""".split()  # noqa: SIM905 -- a list of words reads best as words
SECOND = """
acorn anchor badger bay beacon beech bison bridge brook canyon castle cliff comet coral cove crane creek delta dolphin dune
eagle elm falcon fjord forest fox garden glacier grove harbour hare hawk heron hill island kestrel kite lagoon lake lantern
lark leaf lighthouse lynx magpie meadow mill moon mountain oak orchard osprey otter owl panda path pebble pelican pier planet
pond puffin quarry rainbow raven reef ridge river robin rook sail seal shore sparrow spruce star stream summit swallow swan
thistle tower trail tulip valley walnut wave whale willow wren
""".split()  # noqa: SIM905
HOW_MANY = len(FIRST) * len(SECOND)


def is_made_by_us(words: str) -> bool:
    """Whether the words are a pair the product could have proposed."""
    first, _, second = words.partition(" ")
    return first in FIRST and second in SECOND


def propose(*, taken: set[str], count: int = 4, seed: int | None = None) -> list[str]:
    """Pairs that are not taken, in no order that says anything. The same `seed` proposes the same pairs."""
    dice = random.Random(seed)  # noqa: S311 -- not a secret: a label
    found: list[str] = []
    while len(found) < count and len(taken) + len(found) < HOW_MANY:
        pair = f"{dice.choice(FIRST)} {dice.choice(SECOND)}"
        if pair not in taken and pair not in found:
            found.append(pair)
    return found
