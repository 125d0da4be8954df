"""How benefits are coordinated, where the law leaves a reading: who may bear a bill in which order, and who is refunded first."""

from typing import Literal

from jishiyu.law.rules.parts import Confidence, Part, Words


class BillItem(Part):
    """A benefit item that may bear a medical bill; with ``event`` only when that event befell the household."""

    item: str
    event: str | None = None
    note: Words | None = None


class Recoveries(Part):
    """What comes back when insurance pays after the aid: which fund is refunded first, and how sure that reading is."""

    refunded_first: tuple[Literal["government", "charity"], ...] = ("charity", "government")
    citation: str = ""
    confidence: Confidence = "uncertain"
    note: Words | None = None


class Coordination(Part):
    """``coordination`` of ``district.yaml``: the items that may bear one bill, the first with the first call; and recoveries."""

    bills: tuple[BillItem, ...] = ()
    recoveries: Recoveries = Recoveries()

    def rank(self, item: str) -> int | None:
        """The place of an item in the order; None for one that bears no bills."""
        return next((place for place, one in enumerate(self.bills) if one.item == item), None)

    def note(self, item: str) -> Words | None:
        """What the pack says of an item's place."""
        return next((one.note for one in self.bills if one.item == item), None)

    def bears_bills(self, item: str, event: str | None) -> bool:
        """Whether an item's aid is for the household's bills, given what befell it."""
        return any(one.item == item and one.event in (None, event) for one in self.bills)
