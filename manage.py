#!/usr/bin/env python
"""Django's front door."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings must be named first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
