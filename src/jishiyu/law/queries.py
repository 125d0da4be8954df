"""What the law says: the pack in force, a standard by day, an item, a procedure."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from jishiyu.foundations.outcomes import CannotBecause, NotFound, sentence
from jishiyu.law.models import PackVersion, TableRevision
from jishiyu.law.rules.district import Programme
from jishiyu.law.rules.faults import UnknownValue
from jishiyu.law.rules.items import BenefitItem
from jishiyu.law.rules.keeping import take_out
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Dated, DatedText, Parameter
from jishiyu.law.rules.procedures import Procedure
from jishiyu.law.rules.read import read_pack


def pack(district: str | None = None) -> Pack:
    """The district's pack with the tables' approved revisions, read once for each state of these. Raises BadPack.

    ``district`` names another folder beside it. Outside a transaction nobody acts: then it is the pack as it was shipped.
    """
    folder = Path(settings.PACK_DIR)
    if district:
        return as_pack_from(folder.parent / district)
    more = laid_over()
    return _with(folder, tuple(sorted(more.items()))) if more else as_pack_from(folder)


def laid_over() -> dict[str, str]:
    """The pages of approved revisions, by the names of their files: one look a transaction, so that an act has one pack."""
    if not connection.in_atomic_block:
        return {}
    # The mark goes with the transaction, however it ends, or with the savepoint that it was set in.
    for _, mark, *_ in connection.run_on_commit:
        if isinstance(mark, _Seen):
            return mark.pages
    rows = TableRevision.objects.filter(status="approved").order_by("first_day")
    seen = _Seen({row.file: row.content for row in rows})
    transaction.on_commit(seen)
    return seen.pages


def look_again() -> None:
    """Forget which revisions this transaction saw: for the act that approves one."""
    connection.run_on_commit = [one for one in connection.run_on_commit if not isinstance(one[1], _Seen)]


@dataclass(frozen=True)
class _Seen:
    pages: dict[str, str]

    def __call__(self) -> None:
        """Nothing is done at the end of the transaction: only seen until then."""


@lru_cache(maxsize=8)
def _with(folder: Path, more: tuple[tuple[str, str], ...]) -> Pack:
    return read_pack(folder, dict(more))


def revisions(table: str | None = None) -> list[TableRevision]:
    """All revisions of decision tables, or one table's, the newest first."""
    rows = TableRevision.objects.order_by("-made_at")
    return list(rows.filter(table=table) if table else rows)


def revision(revision_id: UUID) -> TableRevision:
    """One revision. Raises NotFound."""
    row = TableRevision.objects.filter(pk=revision_id).first()
    if row is None:
        raise NotFound("law.no_revision", sentence("没有这一修订", "There is no such revision"))
    return row


@lru_cache(maxsize=8)
def as_pack_from(path: Path) -> Pack:
    """The pack of a folder, read once for each path. Raises BadPack."""
    return read_pack(path)


def pack_of(version: str) -> Pack:
    """The pack of a version that a stored result names: the one in use, or one that was kept.

    Raises CannotBecause (``law.pack_not_kept``) when it is neither, or was kept without its content.
    """
    in_use = pack()
    if in_use.version == version:
        return in_use
    label, _, digits = version.rpartition("+")
    rows = PackVersion.objects.filter(label=label, content_hash__startswith=digits) if digits else []
    kept = next((row for row in rows if row.content is not None), None)
    if kept is None:
        raise CannotBecause(
            "law.pack_not_kept",
            sentence(
                "需要政策包 {v}，本系统没有保存它的内容（现用 {n}）",
                "Policy pack {v} is needed and its content is not kept here (in use: {n})",
                v=version,
                n=in_use.version,
            ),
            sentence(
                "请从版本库取出该版本的政策包后指定其目录",
                "Take that version out of the repository and name its folder",
            ),
        )
    return _taken_out(kept.content_hash, bytes(kept.content or b""))


@lru_cache(maxsize=4)
def _taken_out(content_hash: str, content: bytes) -> Pack:
    found = take_out(content)
    if found.content_hash != content_hash:
        raise CannotBecause(
            "law.pack_changed",
            sentence(
                "保存的政策包内容与其哈希值不符：应为 {a}，实为 {b}",
                "The kept pack is not what its hash says: expected {a}, found {b}",
                a=content_hash[:12],
                b=found.content_hash[:12],
            ),
        )
    return found


def standards_on(day: date) -> list[tuple[Parameter, Dated | DatedText | UnknownValue]]:
    """Every standard with its value that day, or why it is unknown, in the pack's order."""
    return [(parameter, _value_or_reason(parameter.id, day)) for parameter in pack().parameters]


def _value_or_reason(id: str, day: date) -> Dated | DatedText | UnknownValue:
    try:
        return pack().dated(id, day)
    except UnknownValue as unknown:
        return unknown


def programme(code: str) -> Programme:
    """A programme by its code. Raises NotFound."""
    return pack().programme(code)


def item(id: str) -> BenefitItem:
    """A benefit item by its id. Raises NotFound."""
    return pack().item(id)


def items_of(programme: str) -> tuple[BenefitItem, ...]:
    """The items of one programme."""
    return pack().items_of(programme)


def procedure_for(item_id: str, day: date) -> Procedure:
    """How a case of the item accepted that day runs. Raises NotFound for the item, UnknownValue for the era."""
    return pack().procedure_for(item_id, day)


def pack_versions() -> list[PackVersion]:
    """Every pack version that was ever used here, the latest first."""
    return list(PackVersion.objects.defer("content").order_by("-first_used"))
