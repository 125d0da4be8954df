"""The district's offices: member units with duties and who leads what, liaison officers with gaps, the leading groups."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jishiyu.doors.desk.fields import say
from jishiyu.doors.threshold.middleware import PostRequest
from jishiyu.law.queries import pack
from jishiyu.law.rules.district import EVERY_SUB_DISTRICT
from jishiyu.offices import queries
from jishiyu.offices.queries import require


@require_GET
def offices(request: PostRequest) -> HttpResponse:
    """Units, programmes, liaison officers and leading groups, by the pack and by who holds the posts today."""
    require(request.post, "offices.see")
    day, district = request.today, pack().district
    seated = {row.agency_id or row.area_id: row for row in queries.liaison_officers(day)}
    units = district.member_units()
    page = {
        "duties": [
            (duty, [district.unit_name(code, day) for code in duty.agencies]) for duty in district.members
        ],
        "programmes": [
            {
                "programme": one,
                "charge": charge,
                "lead": district.unit_name(charge.lead, day),
                "responsible": [district.unit_name(code, day) for code in charge.responsible],
            }
            for one in pack().programmes
            if (charge := one.charge_on(day)) is not None
        ],
        "liaison": [(code, district.unit_name(code, day), seated.get(code)) for code in units],
        "gaps": sum(code not in seated for code in units),
        "group": district.leading_group,
        "seats": queries.leading_group(),
        "areas": queries.sub_districts(),
        "street_group": district.sub_district_group,
        "every": EVERY_SUB_DISTRICT,
        "document": district.founding_document,
    }
    return render(request, "desk/oversight/offices.html", page)


@require_GET
def street(request: PostRequest, code: str) -> HttpResponse:
    """The leading group of one sub-district, and its posts with who holds them."""
    require(request.post, "offices.see")
    place = pack().sub_district(code)
    page = {
        "place": place,
        "seats": queries.leading_group(code),
        "posts": [row for row in queries.posts() if row.area_id == code],
        "title": say(place.office),
    }
    return render(request, "desk/oversight/street.html", page)
