"""What a request wrote into the database, read from the statements it sent."""

import re

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# A GET may leave these: the session, who read what, and the powers that follow from posts, made anew when a day has passed.
TRACES = {
    "django_session",
    "usersessions_usersession",
    "meetings_meetingread",
    "communities_areauserobjectpermission",
    "communities_communityuserobjectpermission",
    "communities_countyuserobjectpermission",
    "communities_schooluserobjectpermission",
    "communities_serviceuserobjectpermission",
}
ALLOWED = (
    re.compile(r'^UPDATE "accounts_user" SET "powers_until" = '),
    re.compile(r"^INSERT INTO \"core_auditentry\" .*'(read\.|account\.signed_out)"),
)


def unexpected(queries: list[dict[str, str]]) -> set[str]:
    """Tables a GET wrote to and had no business to."""
    found = set()
    for query in queries:
        sql = query["sql"]
        if (table := WRITES.match(sql)) and table[1] not in TRACES and not any(one.search(sql) for one in ALLOWED):
            found.add(table[1])
    return found
