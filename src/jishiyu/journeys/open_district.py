"""Open a district: its sub-districts, member units and leading groups enter the system from the policy pack."""

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.law.rules import Pack
from jishiyu.law.rules.district import SeatRole
from jishiyu.offices.operations import NewSeat, establish_agency, establish_seats, establish_sub_district

SEATS: dict[SeatRole, Sentence] = {
    "head": sentence("组长", "Head"),
    "deputy_head": sentence("副组长", "Deputy head"),
    "office_head": sentence("办公室主任", "Head of the office"),
    "office_deputy": sentence("办公室副主任", "Deputy head of the office"),
    "office_member": sentence("办公室成员", "Member of the office"),
    "member": sentence("成员", "Member"),
    "liaison": sentence("联络员", "Liaison officer"),
    "office": sentence("办公室", "Office"),
}


def open_district(pack: Pack) -> None:
    """Enter or refresh what the pack says of offices. Doing it twice changes nothing; nobody is appointed by it."""
    for place, sub_district in enumerate(pack.sub_districts):
        establish_sub_district(code=sub_district.code, name=sub_district.name, position=place)
    for place, agency in enumerate(pack.agencies):
        establish_agency(code=agency.code, name=agency.name, position=place)
    groups = {"": pack.district.district_seats()}
    groups |= {one.code: pack.district.sub_district_seats(one.code) for one in pack.sub_districts}
    establish_seats(
        [
            NewSeat(area, place, SEATS[seat.role], seat.title)
            for area, seats in groups.items()
            for place, seat in enumerate(seats)
        ]
    )
    record(act="offices.open_district", about=("pack", pack.version))
