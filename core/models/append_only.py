"""Rows that are written once. The trigger is the second wall; the application's database role is the first."""

import pgtrigger


def append_only_triggers() -> list[pgtrigger.Trigger]:
    """UPDATE, DELETE and TRUNCATE are refused by the database itself. Pair with `append_only = True` on the model,
    which takes the same rights from the application's database role (see `manage.py grant_app_role`).
    """
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'these rows are written once';",
        ),
    ]
