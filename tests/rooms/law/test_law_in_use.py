"""The pack in a running system: its questions, and the versions that were used."""

from datetime import date, datetime, timedelta

import pytest

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import items_of, pack, pack_versions, procedure_for, programme, standards_on
from jishiyu.law.rules import Dated, UnknownValue

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SHANGHAI)


def test_the_pack_is_read_once() -> None:
    assert pack() is pack()
    assert pack("xicheng").version == pack().version


def test_standards_of_a_day_are_all_there_known_or_not() -> None:
    found = {parameter.id: value for parameter, value in standards_on(date(2026, 11, 24))}
    assert len(found) == len(pack().parameters)
    assert isinstance(found["bj.dibao.urban"], UnknownValue)
    assert isinstance(found["bj.min_wage"], Dated)


def test_questions_about_programmes_items_and_procedures() -> None:
    assert programme("ZY").name.en == "Medical aid"
    assert [one.id for one in items_of("XL")] == ["XL01", "XL02", "XL03", "XL04"]
    assert procedure_for("ZY03", date(2022, 1, 1)).status == "full"


@pytest.mark.django_db
def test_a_version_is_kept_once_with_its_first_use() -> None:
    first = adopt_pack(pack(), at=NOON)
    again = adopt_pack(pack(), at=NOON + timedelta(days=1))
    assert first.pk == again.pk
    assert again.first_used == NOON
    assert str(first) == pack().version
    assert [one.content_hash for one in pack_versions()] == [pack().content_hash]
