"""The folder ``var/`` and the keys of this installation, made once and never committed."""

from __future__ import annotations

import os
import secrets

from tools.workshop import ROOT, VAR, Trouble, say

_BYTES = {"JISHIYU_SM4_KEY": 16, "JISHIYU_INDEX_KEY": 16, "DJANGO_SECRET_KEY": 32}


def make_var() -> None:
    """The folder for everything that this checkout makes as it runs."""
    try:
        VAR.mkdir(exist_ok=True)
        probe = VAR / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Trouble(
            f"{ROOT} cannot be written to ({error.strerror}): give this user the folder or check out elsewhere."
        ) from error


def make_keys() -> None:
    """Random keys in var/secrets.env for whichever are not there yet. Losing this file loses the sealed fields."""
    path = VAR / "secrets.env"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    known = {line.split("=", 1)[0] for line in lines}
    missing = [name for name in _BYTES if name not in known]
    if not missing:
        return
    lines += [f"{name}={secrets.token_hex(_BYTES[name])}" for name in missing]
    making = path.with_suffix(".making")
    with os.fdopen(
        os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write("\n".join(lines) + "\n")
    making.replace(path)
    say("made the keys of this installation in var/secrets.env")
