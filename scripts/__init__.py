"""What the Makefile calls: the demo, the tests and the servers they need. Nothing here is part of the product."""
