"""Every address of the system, as the URL configuration has it: nothing is listed by hand, so nothing is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Address:
    """One address by its name, with the names of what it needs."""

    name: str
    route: str
    needs: tuple[str, ...]


def addresses() -> list[Address]:
    """All named addresses, by name."""
    return sorted(_walk(get_resolver(), "", ""), key=lambda one: one.name)


def _walk(resolver: URLResolver, space: str, route: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, here)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(f"{space}{entry.name}", here, tuple(_needs(here)))


def _needs(route: str) -> Iterator[str]:
    for part in route.split("<")[1:]:
        yield part.split(">")[0].split(":")[-1]
