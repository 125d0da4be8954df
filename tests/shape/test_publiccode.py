"""publiccode.yml says what the standard 0.4 asks for, and the same as the project itself."""

import tomllib

import pytest
import yaml

from tests.shape.the_tree import ROOT


@pytest.fixture(scope="module")
def said() -> dict[str, object]:
    return dict(yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8")))


def test_every_mandatory_key_is_there(said: dict[str, object]) -> None:
    mandatory = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "legal",
        "maintenance",
    }
    assert mandatory | {"localisation", "description"} <= said.keys()
    assert said["publiccodeYmlVersion"] == "0.4"
    assert said["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_descriptions_have_the_lengths_that_the_standard_sets(
    said: dict[str, dict[str, dict[str, str]]], language: str
) -> None:
    description = said["description"][language]
    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]


def test_it_agrees_with_the_project(said: dict[str, dict[str, str]]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert said["legal"]["license"] == project["license"]
    assert said["softwareVersion"] == project["version"]
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:200]
