"""Imports in tests: files lie in the test's own folder, the district is open."""

from typing import Any

import pytest

from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.conftest import NOON
from tests.fixtures import open_offices
from tests.journeys.imports.a_street import Street


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> None:
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def street(db: None) -> Street:
    with acting(SYSTEM, moment=NOON):
        open_offices()
    return Street()
