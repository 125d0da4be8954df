"""An opened district with the posts of one street."""

import pytest

from jishiyu.offices.operations import acting
from jishiyu.offices.rules import SYSTEM
from tests.fixtures import open_offices
from tests.rooms.cases.a_case import MORNING, Street


@pytest.fixture
def street(db: None) -> Street:
    """The posts of Desheng and of the civil affairs bureau on a morning in November."""
    with acting(SYSTEM, moment=MORNING):
        open_offices()
    return Street()
