"""Finding in a register of a million: ``python benchmarks/search.py [--persons N] [--times N] [--keep]``.

Invented persons are put into a database of their own, in households of two and a half, with a case for every fourth. Then each way of
searching is tried many times, with other words each time, for a sub-district's caseworker and for the district's office: the whole
search of the desk (all groups, row security, the unsealing of what is shown), and over HTTP the page that the box asks while typing.
The baseline is the cheapest question that the same transaction can ask.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

DAY, NOON = date(2026, 11, 24), datetime(2026, 11, 24, 4, tzinfo=UTC)
AREA = "110102010"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单仇"
_GIVEN = "春雨雪风云山川河海江月星辰光明华国建军伟强勇敏静丽芳娟秀英玉兰梅竹松柏文武志刚平安康宁福禄寿喜小大"
_CHUNK = 20_000


def main(argv: Sequence[str]) -> int:
    """Load, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--keep", action="store_true", help="leave the database for a closer look")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"JISHIYU_DEMO": "1", "JISHIYU_CLOCK_FILE": f"{home}/clock", "JISHIYU_VAR": home}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        from config.postgres import ensure

        server = ensure()
        name = f"jishiyu_search_{asked.persons if asked.keep else os.getpid()}"
        ready = asked.keep and server.has_database(name)
        if not ready:
            server.drop_database(name)
            server.create_database(name)
        os.environ["DATABASE_URL"] = server.url(name, "app")
        os.environ["DATABASE_OWNER_URL"] = server.url(name, "owner")
        try:
            _run(asked.persons, asked.times, loaded=ready)
        finally:
            from django.db import connections

            connections.close_all()
            if not asked.keep:
                server.drop_database(name)
    return 0


def _run(persons: int, times: int, *, loaded: bool) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from jishiyu.foundations.clock import SHANGHAI, wind_to

    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=SHANGHAI)
    wind_to(noon)
    call_command("migrate", database="owner", verbosity=0, skip_checks=True)
    if not loaded:
        began = perf_counter()
        _load(persons, noon)
        print(f"{persons:,} persons loaded in {perf_counter() - began:.0f} s", flush=True)
    _measure(persons, times, noon)


def _load(persons: int, noon: datetime) -> None:
    """Offices by the ordinary way; then rows in the shape of the tables, as the owner, with COPY (no act is measured here)."""
    from django.db import connections

    from jishiyu.offices.operations import acting
    from jishiyu.offices.rules import SYSTEM
    from tests.fixtures import engage_all, open_offices

    with acting(SYSTEM, moment=noon):
        open_offices()
        engage_all()
    owner = connections["owner"]
    owner.ensure_connection()
    raw = owner.connection
    with raw.cursor() as cursor:
        # Row security refuses COPY: it is lifted while nobody but the benchmark can be here, and put back.
        _row_security(cursor, on=False)
        for first in range(0, persons, _CHUNK):
            _copy(cursor, first, min(persons, first + _CHUNK))
        _row_security(cursor, on=True)
    raw.commit()
    with raw.cursor() as cursor:
        cursor.execute("analyze")
    raw.commit()


_TABLES = ("registry_household", "registry_person", "registry_membership", "registry_snapshot", "cases_case")


def _row_security(cursor: Any, *, on: bool) -> None:
    for table in _TABLES:
        cursor.execute(f"alter table {table} {'enable' if on else 'disable'} row level security")


def _copy(cursor: Any, first: int, last: int) -> None:
    """The rows of persons ``first`` to ``last``, table by table in the order of their keys."""
    made = [_person(n) for n in range(first, last)]
    heads = [one for one in made if one["head"]]
    _rows(cursor, "registry_household", [one["home"] for one in heads])
    _rows(cursor, "registry_person", [one["row"] for one in made])
    _rows(cursor, "registry_membership", [one["lives"] for one in made])
    opened = [one for one in heads if one["n"] % 10 == 0]
    _rows(cursor, "registry_snapshot", [one["snapshot"] for one in opened])
    _rows(cursor, "cases_case", [one["case"] for one in opened])


def _rows(cursor: Any, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    with cursor.copy(f"copy {table} ({', '.join(names)}) from stdin") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


_dice = random.Random(20261124)
_home: dict[str, Any] = {}


def _person(n: int) -> dict[str, Any]:
    """One invented person; every fifth pair begins a household, so that they have two and a half persons."""
    from django.conf import settings

    from jishiyu.foundations.fields import index_of
    from jishiyu.foundations.identifiers import check_character
    from jishiyu.foundations.secrets import seal
    from jishiyu.registry.rules.names import initials, reading

    def sealed(text: str, column: str) -> bytes:
        return seal(text.encode(), settings.JISHIYU_SM4_KEY, column.encode())

    head = n % 5 in (0, 3)
    if head:
        _home.update(_household(n, sealed))
    name = _dice.choices(_SURNAMES, range(len(_SURNAMES) + 4, 4, -1))[0] + "".join(
        _dice.choices(_GIVEN, k=_dice.choice((1, 2, 2, 2)))
    )
    born = date(1930, 1, 1) + timedelta(days=n % 33_000)
    begun = f"119900{born:%Y%m%d}{n // 33_000:03d}"
    number, read, person = begun + check_character(begun), reading(name), uuid4()
    row = {
        "id": person, "sub_district_id": _home["sub_district_id"], "name": name, "pinyin": read,
        "initials": initials(read), "id_number": sealed(number, "registry_person.id_number"),
        "id_index": index_of(number, "person.id_number"), "last_four_index": index_of(number[-4:], "person.last_four"),
        "born": born, "sex": 1 + n % 2, "synthetic": True,
    }  # fmt: skip
    lives = {
        "id": uuid4(), "household_id": _home["id"], "person_id": person, "relation": "02" if head else "20",
        "first_day": born,
    }  # fmt: skip
    made = {"n": n, "head": head, "home": dict(_home), "row": row, "lives": lives}
    if head and n % 10 == 0:
        made |= _case(n, person, sealed)
    return made


def _household(n: int, sealed: Callable[[str, str], bytes]) -> dict[str, Any]:
    from jishiyu.foundations.fields import index_of

    area, phone = _areas()[(n // 5) % len(_areas())], f"199{n:08d}"
    return {
        "id": uuid4(), "number": f"XC{area[-3:]}-2026-{n:06d}" if n < 1_000_000 else f"XC{area[-3:]}-2025-{n % 1_000_000:06d}",
        "sub_district_id": area, "community": f"{area}{n % 20:03d}", "address": sealed("虚构", "registry_household.address"),
        "phone": sealed(phone, "registry_household.phone"), "phone_index": index_of(phone, "household.phone"),
        "status": "known", "registered_on": DAY, "version": 1,
    }  # fmt: skip


def _case(n: int, person: Any, sealed: Callable[[str, str], bytes]) -> dict[str, Any]:
    snapshot = {
        "id": uuid4(), "household_id": _home["id"], "as_of": DAY, "number": 1, "recorded_at": NOON, "recorded_by": "x",
        "source": "x",
    }  # fmt: skip
    case = {
        "id": uuid4(), "number": f"ZK01-{_home['sub_district_id']}-2026-{n % 1_000_000:06d}", "household_id": _home["id"],
        "applicant_id": person, "sub_district_id": _home["sub_district_id"], "item": "ZK01", "programme": "ZK",
        "lead_agency_id": "MZ", "era": "E3", "step": "accept" if n % 20 else "check", "turn": "caseworker" if n % 50 < 25 else "reviewer",
        "state": "open", "opened_on": DAY, "step_began": NOON, "due_on": DAY + timedelta(days=n % 40 - 10),
        "snapshot_id": snapshot["id"], "basis": sealed("{}", "cases_case.basis"), "pack_version": "x", "taken_in_by": "",
        "statement": sealed("x", "cases_case.statement"),
    }  # fmt: skip
    return {"snapshot": snapshot, "case": case}


@cache
def _areas() -> list[str]:
    from tests.fixtures import the_pack

    return [area.code for area in the_pack().sub_districts]


def _measure(persons: int, times: int, noon: datetime) -> None:
    from jishiyu.cases.queries import open_work
    from jishiyu.doors.desk.find.groups import search
    from jishiyu.offices.operations import acting
    from jishiyu.offices.queries import post_by_code
    from jishiyu.offices.rules import SYSTEM
    from jishiyu.registry.models import Person

    with acting(SYSTEM, moment=noon):
        posts = [post_by_code(code, DAY) for code in (f"caseworker.{AREA}", "office")]
        whole = list(Person.objects.filter(sub_district_id=AREA).order_by("id")[: times * 20 : 20])
        words = _words(whole)
        cases = _numbers()
    words["case number"] = [number for number, _ in cases[:times]]
    words["a case's running number"] = [number[-6:] for number, _ in cases[:times]]
    load = os.getloadavg()
    print(
        f"{persons:,} persons; load of the machine {load[0]:.1f} {load[1]:.1f} {load[2]:.1f} on {os.cpu_count()} processors; ms"
    )
    print(f"{'':<34}{'search':>16}{'while typing, whole page':>30}")
    print(f"{'':<34}{'p50':>8}{'p95':>8}{'p50':>22}{'p95':>8}")
    for post in posts:
        client = _client(post.code)
        client.post(
            "/desk/find/suggest/", {"q": "·"}
        )  # the first request reads the pack and compiles the templates
        _line(f"{post.role}: nothing asked", post, noon, ["·"] * times, lambda _: None, None)
        for what, asked in words.items():
            _line(
                f"{post.role}: {what}", post, noon, asked, lambda text, post=post: search(text, post, DAY, most=5),
                lambda text, client=client: client.post("/desk/find/suggest/", {"q": text}),
            )  # fmt: skip
    client = _client(posts[0].code)
    pages = [_timed(lambda: client.get("/desk/work/")) for _ in range(12)]
    with acting(posts[0], moment=noon):
        count = len(open_work(posts[0], DAY))
    print(
        f"the list of tasks, {count:,} open cases: p50 {_share(pages, 50):.0f}, p95 {_share(pages, 95):.0f}"
    )


def _words(people: Sequence[Any]) -> dict[str, list[str]]:
    return {
        "whole ID number": [one.id_number for one in people],
        "last four": [one.id_number[-4:] for one in people],
        "whole name": [one.name for one in people],
        "surname and a sign": [one.name[:2] for one in people],
        "surname": [one.name[:1] for one in people],
        "initials": [one.initials for one in people],
        "pinyin": [one.pinyin.replace(" ", "")[:7] for one in people],
        "telephone": [f"199{place * 5:08d}" for place in range(len(people))],
        "nobody": [f"查无{place}" for place in range(len(people))],
    }


def _numbers() -> list[tuple[str, Any]]:
    from jishiyu.cases.models import Case

    return list(Case.objects.filter(sub_district_id=AREA).values_list("number", "id")[:500])


def _client(code: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    officer = get_user_model().objects.get(username=code)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _line(
    what: str,
    post: Any,
    noon: datetime,
    asked: list[str],
    find: Callable[[str], Any],
    page: Callable[[str], Any] | None,
) -> None:
    from jishiyu.offices.operations import acting

    taken = []
    for text in asked:
        with acting(post, moment=noon):
            taken.append(_timed(lambda text=text: find(text)))
    shown = [_timed(lambda text=text: page(text)) for text in asked] if page else []
    behind = f"{_share(shown, 50):>22.1f}{_share(shown, 95):>8.1f}" if shown else ""
    print(f"{what:<34}{_share(taken, 50):>8.1f}{_share(taken, 95):>8.1f}{behind}", flush=True)


def _timed(act: Callable[[], Any]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def _share(taken: list[float], percent: int) -> float:
    return quantiles(taken, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
