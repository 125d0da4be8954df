"""Which agency leads a case: in charge of the item that day or sharing it; where nobody of the system is, the programme's lead."""

from datetime import date

from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.procedures import Procedure

# What the window that took an application does itself: it hands in, accepts, helps first, checks, and visits.
_AT_THE_WINDOW = frozenset({"apply", "accept", "advance", "check", "visit"})


def leads_on(pack: Pack, item: str, day: date) -> tuple[str, ...]:
    """The agencies that may lead a case of an item opened that day, the first unless another asks.

    Every sub-district office at once (JD), a court or a notary has no post to lead with: then a unit that shares the item does,
    else who leads the programme (西政发〔2013〕13号: 主责部门牵头，街道具体组织实施).
    """
    one = pack.item(item)
    charge = one.lead_on(day)
    kinds = {agency.code: agency.kind for agency in pack.agencies}
    found = tuple(
        code
        for code in dict.fromkeys((charge.agency, *charge.shared_with))
        if kinds.get(code, "outside") != "outside"
    )
    if found:
        return found
    programme = pack.programme(one.programme)
    in_charge = programme.charge_on(day)
    return (in_charge.lead if in_charge else programme.lead,)


def lead_of(pack: Pack, item: str, day: date, *, asked: str = "", own: str = "") -> str:
    """The agency that leads a new case: the officer's ``own`` one, the one ``asked`` for, or the first.

    Raises NotYours for an officer whose agency has nothing to do with the item, CannotBecause for another agency asked for.
    """
    leads = leads_on(pack, item, day)
    if own and own not in leads:
        raise NotYours(
            "cases.not_your_item",
            sentence(
                "项目{i}由{who}牵头，您的单位不能受理",
                "The item {i} is led by {who}: your agency cannot take it",
                i=item,
                who=pack.district.unit_name(leads[0], day),
            ),
            sentence(
                "请转由牵头单位或家庭所在街道办理",
                "Leave it to that agency or to the household's sub-district",
            ),
        )
    if asked and asked not in leads:
        raise CannotBecause(
            "cases.no_such_lead",
            sentence("所选单位不牵头此项目", "The agency that was chosen does not lead this item"),
        )
    return own or asked or leads[0]


def taken_in_at_the_agency(procedure: Procedure) -> Procedure:
    """The same procedure for an application that the lead agency took in at its own window (不在街道受理的).

    The agency's officer does what a sub-district's caseworker would; the review by another, the notice and all else stay where
    they are.
    """
    steps = tuple(
        step.model_copy(update={"role": "agency_officer", "office": "lead_agency"})
        if step.key in _AT_THE_WINDOW and step.role == "caseworker"
        else step
        for step in procedure.steps
    )
    return procedure.model_copy(update={"steps": steps})
