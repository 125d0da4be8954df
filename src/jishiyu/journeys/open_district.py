"""Open a district: its sub-districts, member units and leading groups enter the system from the policy pack."""

from jishiyu.foundations.outcomes import Sentence, sentence
from jishiyu.journal.operations import record
from jishiyu.law.rules import Pack
from jishiyu.law.rules.district import SeatRole
from jishiyu.offices.operations import establish_agency, establish_seat, establish_sub_district

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
    for place, seat in enumerate(pack.district.district_seats()):
        establish_seat(area="", position=place, seat=SEATS[seat.role], holder=seat.title)
    for sub_district in pack.sub_districts:
        for place, seat in enumerate(pack.district.sub_district_seats(sub_district.code)):
            establish_seat(area=sub_district.code, position=place, seat=SEATS[seat.role], holder=seat.title)
    record(act="offices.open_district", about=("pack", pack.version))
