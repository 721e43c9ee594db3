"""What the Makefile calls: the demo, the tests and the servers they need. Nothing here is part of the product."""

import os

# With it, every process would compile Django and the rest anew: seconds, at each start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
