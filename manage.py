#!/usr/bin/env python
"""Django's command line, with Footcare's settings."""

import os
import sys

from footcare import command_line

if __name__ == "__main__":
    command_line.begin()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footcare.settings")
    # Whatever a command makes first, the database too, is readable by its owner alone. Static files are for everybody:
    # root may collect them for a service that runs as another user.
    if sys.argv[1:2] != ["collectstatic"]:
        os.umask(0o077)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    sys.stdout.flush()
