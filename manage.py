#!/usr/bin/env python
"""Django's own commands, for developers (``makemigrations``, ``shell``); users have ``jishiyu``."""

import sys

from config.environment import prepare

if __name__ == "__main__":
    prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
