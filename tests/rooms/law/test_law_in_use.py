"""The pack in a running system: its questions, and the versions that were used."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test.utils import override_settings

from jishiyu.foundations.clock import SHANGHAI
from jishiyu.foundations.outcomes import CannotBecause
from jishiyu.law.models import PackVersion
from jishiyu.law.operations import adopt_pack
from jishiyu.law.queries import (
    items_of,
    pack,
    pack_of,
    pack_versions,
    procedure_for,
    programme,
    standards_on,
)
from jishiyu.law.rules import Dated, UnknownValue
from jishiyu.law.rules.keeping import put_away, take_out
from jishiyu.law.rules.read import read_pack
from tests.fixtures import PACK_DIR

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


def test_a_pack_put_away_is_the_same_pack_when_taken_out() -> None:
    content = put_away(PACK_DIR)
    assert content == put_away(PACK_DIR)
    assert take_out(content).version == pack().version


@pytest.mark.django_db
def test_a_kept_version_can_be_read_when_another_is_in_use(tmp_path: Path) -> None:
    old = pack()
    adopt_pack(old, at=NOON)
    with override_settings(PACK_DIR=_edited(tmp_path)):
        assert pack().version != old.version
        assert pack_of(old.version).content_hash == old.content_hash
        assert pack_of(pack().version) is pack()


@pytest.mark.django_db
def test_a_version_that_was_not_kept_is_told_by_its_name(tmp_path: Path) -> None:
    other = read_pack(_edited(tmp_path))
    with pytest.raises(CannotBecause) as refusal:
        pack_of(other.version)
    assert refusal.value.code == "law.pack_not_kept"
    assert other.version in refusal.value.reason.say("en")
    assert pack().version in refusal.value.reason.say("zh")


@pytest.mark.django_db
def test_a_version_known_without_its_content_gets_it_later() -> None:
    PackVersion.objects.create(label=pack().label, content_hash=pack().content_hash, first_used=NOON)
    adopt_pack(pack(), at=NOON + timedelta(days=1))
    kept = PackVersion.objects.get()
    assert kept.first_used == NOON
    assert take_out(bytes(kept.content or b"")).version == pack().version


def _edited(tmp_path: Path) -> Path:
    """The pack with one more blank line: another version."""
    folder = tmp_path / "xicheng"
    shutil.copytree(PACK_DIR, folder)
    page = folder / "district.yaml"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return folder
