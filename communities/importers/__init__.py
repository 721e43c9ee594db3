"""The published registers, and our own list of communities, as files the county loads."""

from communities.importers import communities, links, networks, places, schools, trusts

__all__ = ["communities", "links", "networks", "places", "schools", "trusts"]
