"""Households as Arrow: the fields of the situation, there and back."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jishiyu.doors.jobs.population.census import Census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.doors.jobs.population_command import population_command
from jishiyu.registry.rules.arrow_form import BILL, HOUSEHOLD, MEMBER, batch_of, situations_of
from jishiyu.registry.rules.situation import HouseholdSituation, MedicalBill, MemberSituation

AS_OF = date(2026, 9, 30)


def unknowable(kind: object) -> bool:
    return type(None) in get_args(kind)


class TestArrowForm:
    def test_the_schema_has_the_fields_of_the_situation_and_nothing_else(self) -> None:
        assert HOUSEHOLD.names == [f.name for f in fields(HouseholdSituation)]
        for struct, kind in ((MEMBER, MemberSituation), (BILL, MedicalBill)):
            assert [struct.field(i).name for i in range(struct.num_fields)] == [f.name for f in fields(kind)]
            for f in fields(kind):
                assert struct.field(f.name).nullable == unknowable(f.type), f.name
        for f in fields(HouseholdSituation):
            assert HOUSEHOLD.field(f.name).nullable == unknowable(f.type), f.name

    def test_there_and_back(self, census: Census, tmp_path: Path) -> None:
        drawn = table(census, households=300, kind="known", seed=9, as_of=AS_OF)
        told = list(situations_of(drawn))
        again = batch_of(told)
        assert pa.Table.from_batches([again]).equals(drawn)
        assert list(situations_of(again)) == told
        path = tmp_path / "some.parquet"
        pq.write_table(drawn, path)
        assert list(situations_of(pq.read_table(path))) == told

    def test_the_command_writes_what_the_table_holds(self, census: Census, tmp_path: Path) -> None:
        out = tmp_path / "known.parquet"
        assert population_command([str(out), "--households", "400", "--kind", "known", "--seed", "4"]) == 0
        written = pq.read_table(out)
        assert written.schema.equals(HOUSEHOLD)
        assert written.equals(table(census, households=400, kind="known", seed=4, as_of=AS_OF))
        said = written.schema.metadata
        assert said[b"jishiyu.seed"] == b"4"
        assert said[b"jishiyu.kind"] == b"known"

    def test_a_household_without_members_is_refused_when_read(self, known: list[HouseholdSituation]) -> None:
        batch = batch_of(known[:1])
        empty = pa.array([[]], type=HOUSEHOLD.field("members").type)
        emptied = batch.set_column(HOUSEHOLD.get_field_index("members"), HOUSEHOLD.field("members"), empty)
        with pytest.raises(ValueError, match="has no members"):
            list(situations_of(emptied))

    def test_no_situations_make_an_empty_batch_of_the_same_form(self) -> None:
        assert batch_of([]).schema.equals(HOUSEHOLD)
