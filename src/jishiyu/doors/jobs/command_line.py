"""``jishiyu``: the command line. Each command is a short page of its own; this one only finds it.

Commands that need no database (``population``, ``pack``, ``screen`` of files) start none.
"""

import sys
from collections.abc import Callable
from importlib import import_module

Command = Callable[[list[str]], int]

# name -> (module below this one, function, needs the database, one line of help)
COMMANDS: dict[str, tuple[str, str, bool, str]] = {
    "demo": (
        "demo_command",
        "demo_command",
        False,
        "set up and serve the demo district [--reset] [--households N] [--port P]",
    ),
    "serve": ("serve_command", "serve_command", True, "serve the system and its worker [--port P]"),
    "migrate": ("serve_command", "migrate_command", True, "bring the database's tables up to date"),
    "worker": ("serve_command", "worker_command", True, "run waiting jobs"),
    "journal": (
        "journal_command",
        "journal_command",
        True,
        "journal verify: find a changed, missing or swapped entry",
    ),
    "pack": (
        "pack_command",
        "check_command",
        False,
        "pack check [PATH]: what is null, uncertain, illustrative or missing",
    ),
    "screen": (
        "screen_command",
        "screen_command",
        False,
        "score and all items: IN.parquet OUT.parquet [--engine local|spark], or --district",
    ),
    "replay": (
        "replay_command",
        "replay_command",
        True,
        "compute a stored decision anew and compare: CASE-NUMBER or the id of a score",
    ),
    "back-pay": (
        "back_pay_command",
        "back_pay_command",
        True,
        "what awards owe since a standard was raised for days gone by: PARAMETER DAY [--until DAY] [--make]",
    ),
    "spot-check": (
        "spot_check_command",
        "spot_check_command",
        False,
        "spot-check redraw FILE: verify a published draw from its file alone",
    ),
    "partner": (
        "partner_command",
        "partner_command",
        True,
        "other systems that exchange with this one: list, add CLIENT-ID, stop CLIENT-ID",
    ),
    "population": (
        "population_command",
        "population_command",
        False,
        "make a synthetic population: --households N OUT.parquet",
    ),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code tells whether it succeeded."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in ("help", "--help", "-h"):
        print("jishiyu 及时雨\n" + "\n".join(f"  {name:<11} {entry[3]}" for name, entry in COMMANDS.items()))
        return 0
    if words[0] not in COMMANDS:
        print(f"jishiyu: there is no command {words[0]!r}; see: jishiyu help", file=sys.stderr)
        return 2
    module, function, database, _ = COMMANDS[words[0]]
    rest = (
        words[2:] if words[0] in ("pack", "journal") and words[1:2] in (["check"], ["verify"]) else words[1:]
    )
    try:
        if database:
            start_django()
        command: Command = getattr(import_module(f"jishiyu.doors.jobs.{module}"), function)
        return command(rest)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from config.postgres import ServerTrouble

        if isinstance(error, ServerTrouble):
            print(f"jishiyu: {error}", file=sys.stderr)
            return 1
        raise


def start_django() -> None:
    """Start the database server if it is ours, and Django."""
    from config.environment import prepare

    prepare()
    import django

    django.setup()
