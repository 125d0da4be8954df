"""Where an answer may be sent: to an origin that was agreed with the partner, and nowhere else."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

_OWN = {"localhost", "127.0.0.1", "::1"}


def allowed(address: str, origins: Iterable[str]) -> bool:
    """Whether an address lies under an agreed origin (scheme, host and port the same; ``:*`` is any port of this machine).

    Nothing with a user name, a fragment or strange signs; plain http only to this machine.
    """
    if len(address) > 400 or any(ord(sign) <= 32 or sign == "\\" for sign in address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username
        or parts.password
        or parts.fragment
    ):
        return False
    if parts.scheme == "http" and host not in _OWN:
        return False
    port = port or (443 if parts.scheme == "https" else 80)
    return any(_fits(parts.scheme, host, port, origin) for origin in origins)


def _fits(scheme: str, host: str, port: int, origin: str) -> bool:
    start, _, rest = origin.partition("://")
    name, _, number = rest.rstrip("/").rpartition(":")
    if not name:
        name, number = number, "443" if start == "https" else "80"
    if start != scheme or name.strip("[]").lower() != host:
        return False
    return host in _OWN if number == "*" else number == str(port)


def address_for(sender_uri: str, action: str) -> str:
    """Where a callback goes: ``{sender_uri}/registry/<action>``, or the address itself when it names the action already."""
    bare = sender_uri.rstrip("/")
    path = {"txn-on-status": "txn/on-status"}.get(action, action)
    if bare.endswith(f"/{path}"):
        return bare
    # What the partner's address says of another action (…/on-search) is replaced by this one.
    head, _, last = bare.rpartition("/")
    if last.startswith("on-") or last == "notify":
        return f"{head.removesuffix('/txn')}/{path}"
    return f"{bare}/{path}" if last == "registry" else f"{bare}/registry/{path}"


def may_be_origin(origin: str) -> bool:
    """Whether an origin can be agreed: https with a name, or http to this machine; no bare address of a network device."""
    probe = origin.replace(":*", ":1") if origin.endswith(":*") else origin
    if not allowed(probe, [probe]):
        return False
    host = urlsplit(probe).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return True
    return address.is_loopback or address.is_global
