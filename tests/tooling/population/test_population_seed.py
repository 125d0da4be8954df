"""The made-up district is the same for the same seed, and shaped like the census."""

import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest
from django.conf import settings

from jishiyu.doors.jobs.population.block import BLOCK
from jishiyu.doors.jobs.population.census import Census, Kind, read_census
from jishiyu.doors.jobs.population.generate import table
from jishiyu.doors.jobs.population_command import population_command
from jishiyu.registry.rules.arrow_form import situations_of
from jishiyu.registry.rules.situation import HouseholdSituation

AS_OF = date(2026, 9, 30)


class TestTheSeed:
    def test_the_same_seed_makes_the_same_file_and_another_seed_another(
        self, census: Census, tmp_path: Path
    ) -> None:
        def written(name: str, seed: str) -> str:
            out = tmp_path / name
            assert population_command([str(out), "--households", "500", "--seed", seed]) == 0
            return hashlib.sha256(out.read_bytes()).hexdigest()

        assert written("a.parquet", "1") == written("b.parquet", "1") != written("c.parquet", "2")

    def test_the_draws_themselves_are_pinned(self, census: Census) -> None:
        """A changed table or order of draws changes every demo district: it should be on purpose."""
        drawn = table(census, households=200, kind="known", seed=1, as_of=AS_OF)
        first = next(situations_of(drawn))
        assert [member.relation for member in first.members] == ["02", "11", "43"]
        assert [member.born for member in first.members] == [
            date(1965, 3, 3),
            date(1969, 8, 30),
            date(2009, 12, 28),
        ]
        assert first.sub_district == "110102003"

    def test_a_larger_district_begins_with_the_smaller_one(self, census: Census) -> None:
        small = table(census, households=50, kind="known", seed=3, as_of=AS_OF)
        large = table(census, households=BLOCK + 50, kind="known", seed=3, as_of=AS_OF)
        assert large.slice(0, 50).equals(small)
        assert large.num_rows == BLOCK + 50
        assert len(pc.unique(large["household_id"])) == BLOCK + 50

    def test_the_two_kinds_are_different_people(self, census: Census) -> None:
        made = [table(census, households=50, kind=kind, seed=3, as_of=AS_OF) for kind in ("general", "known")]
        assert not made[0].equals(made[1])

    def test_no_households_is_refused(self, census: Census) -> None:
        with pytest.raises(ValueError, match="at least one household"):
            table(census, households=0, kind="known", seed=1, as_of=AS_OF)


class TestLikeTheCensus:
    def test_household_sizes(self, census: Census) -> None:
        drawn = table(census, households=60_000, kind="general", seed=5, as_of=AS_OF)
        sizes = Counter(pc.list_value_length(drawn["members"]).to_pylist())
        total = sum(census.households_by_size.values())
        assert total == 441_085
        for size, count in census.households_by_size.items():
            assert sizes[size] / 60_000 == pytest.approx(count / total, abs=0.006), size

    @pytest.mark.parametrize("kind", ["general", "known"])
    def test_sub_districts(self, census: Census, kind: Kind) -> None:
        drawn = table(census, households=60_000, kind=kind, seed=5, as_of=AS_OF)
        found = Counter(drawn["sub_district"].to_pylist())
        weights = census.weights(kind)
        assert len(found) == 15
        for code, weight in weights.items():
            assert found[code] / 60_000 == pytest.approx(weight / sum(weights.values()), abs=0.006), code

    def test_about_a_quarter_is_sixty_or_older(self, general: list[HouseholdSituation]) -> None:
        ages = [(AS_OF - member.born).days // 365.25 for household in general for member in household.members]
        assert 0.23 < sum(a >= 60 for a in ages) / len(ages) < 0.30
        assert 0.10 < sum(a < 18 for a in ages) / len(ages) < 0.20
        assert max(ages) <= 105
        assert min(ages) >= 0

    def test_a_census_file_with_a_missing_size_says_so(self, tmp_path: Path) -> None:
        lines = (settings.PACK_DIR / "population.csv").read_text(encoding="utf-8").splitlines()
        broken = tmp_path / "population.csv"
        broken.write_text("\n".join(line for line in lines if "三人户" not in line), encoding="utf-8")
        with pytest.raises(ValueError, match=r"population\.csv: expected households of size 1 to 10"):
            read_census(broken)

    def test_a_census_file_without_a_street_says_so(self, tmp_path: Path) -> None:
        lines = (settings.PACK_DIR / "population.csv").read_text(encoding="utf-8").splitlines()
        broken = tmp_path / "population.csv"
        dropped = (line for line in lines if not ("德胜" in line and "合成" in line))
        broken.write_text("\n".join(dropped), encoding="utf-8")
        with pytest.raises(ValueError, match="each street needs"):
            read_census(broken)


class TestTheCommand:
    def test_a_missing_folder_and_a_missing_census_say_so(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert population_command([str(tmp_path / "no" / "out.parquet")]) == 2
        assert "no such folder" in capsys.readouterr().err
        assert population_command([str(tmp_path / "out.parquet"), "--census", str(tmp_path / "no.csv")]) == 2
        assert "no census file" in capsys.readouterr().err

    @pytest.mark.parametrize("wrong", [["--households", "0"], ["--kind", "rich"], ["--as-of", "yesterday"]])
    def test_wrong_options_are_refused(self, tmp_path: Path, wrong: list[str]) -> None:
        with pytest.raises(SystemExit, match="2"):
            population_command([str(tmp_path / "out.parquet"), *wrong])
