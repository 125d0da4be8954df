"""Who may act: posts, their reach, and which post may do which act. Pure: no database, no clock."""

from dataclasses import dataclass
from typing import Literal

from jishiyu.foundations.outcomes import NotYours, Sentence, sentence

Scope = Literal["sub_district", "agency", "district", "audit", "expert", "admin", "public", "system"]
Role = Literal[
    "caseworker", "reviewer", "sub_district_head", "agency_officer", "decider", "agency_head", "finance", "office",
    "expert", "auditor", "admin", "partner", "public", "system",
]  # fmt: skip

ROLE_NAMES: dict[str, Sentence] = {
    "caseworker": sentence("街道经办", "Sub-district caseworker"),
    "reviewer": sentence("街道审核", "Sub-district reviewer"),
    "sub_district_head": sentence("街道负责人", "Head of sub-district"),
    "agency_officer": sentence("成员单位经办", "Agency officer"),
    "decider": sentence("审批", "Decider"),
    "agency_head": sentence("单位负责人", "Head of agency"),
    "finance": sentence("财务", "Finance"),
    "office": sentence("领导小组办公室", "Leading group's office"),
    "expert": sentence("评估专家", "Expert"),
    "auditor": sentence("审计监督", "Auditor"),
    "admin": sentence("系统管理", "System administrator"),
    "partner": sentence("对接系统", "Partner system"),
    "public": sentence("公众", "Public"),
    "system": sentence("系统", "System"),
}

# How far each role sees. District civil affairs, finance and the office see every household that the district helps.
SCOPE_OF_ROLE: dict[str, Scope] = {
    "caseworker": "sub_district",
    "reviewer": "sub_district",
    "sub_district_head": "sub_district",
    "agency_officer": "agency",
    "decider": "agency",
    "agency_head": "agency",
    "finance": "district",
    "office": "district",
    "expert": "expert",
    "auditor": "audit",
    "admin": "admin",
    "partner": "agency",
    "public": "public",
    "system": "system",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A post (岗位) as held by a person in one request: the only thing that carries rights.

    ``area`` is the 9-digit code of the post's sub-district, ``agency`` the code of its member unit; either may be empty.
    """

    id: str
    code: str
    role: Role
    scope: Scope
    area: str
    agency: str
    title: Sentence
    officer: str
    officer_name: str


PUBLIC = Post("", "public", "public", "public", "", "", ROLE_NAMES["public"], "", "")
SYSTEM = Post("", "system", "system", "system", "", "", ROLE_NAMES["system"], "", "")

# Who may do what. The act's name is its room and its function. "see" acts open screens; the rest change something.
_EVERY_OFFICE = (
    "caseworker reviewer sub_district_head agency_officer decider agency_head finance office auditor"
)
_STREET = "caseworker reviewer sub_district_head"
_RIGHTS: dict[str, str] = {
    "assessment.approve_indicators": "office",
    "assessment.assess": f"{_STREET} agency_officer decider office",
    "assessment.judge": "expert",
    "assessment.screen": "office",
    "assessment.see_figures": "expert office auditor",
    "cases.accept": "caseworker agency_officer",
    "cases.appeal": "caseworker reviewer agency_officer decider office",
    "cases.apply": "caseworker agency_officer",
    "cases.back_pay": "decider",
    "cases.check": "caseworker agency_officer office",
    "cases.close": "caseworker decider",
    "cases.close_waiting_need": "decider office",
    "cases.confirm_measure": "decider sub_district_head",
    "cases.confirm_recovery": "decider sub_district_head",
    "cases.check_again": "agency_officer office",
    "cases.decide": "decider sub_district_head agency_head",
    "cases.deliver": "caseworker agency_officer",
    "cases.draw": "office",
    "cases.follow_up": "decider sub_district_head agency_head",
    "cases.lift_relative": "office",
    "cases.note": f"{_STREET} agency_officer decider agency_head finance office",
    "cases.keep_providers": "caseworker agency_officer",
    "cases.note_change": "caseworker agency_officer",
    "cases.note_late_insurance": "caseworker",
    "cases.record_relative": f"{_STREET} agency_officer decider agency_head office",
    "cases.propose_measure": "caseworker agency_officer",
    "cases.recheck": "caseworker agency_officer",
    "cases.rest_on_newer": "caseworker reviewer agency_officer",
    "cases.review": "reviewer sub_district_head agency_officer",
    "cases.see": _EVERY_OFFICE,
    "cases.see_relatives": "reviewer sub_district_head agency_head office auditor",
    "cases.see_pictures": f"{_STREET} agency_officer decider office auditor",
    "cases.take_on": f"{_STREET} agency_officer decider agency_head finance office",
    "cases.take_step": f"{_STREET} agency_officer decider finance office",
    "cases.visit": "caseworker reviewer agency_officer",
    "cases.withdraw": "caseworker agency_officer",
    "evidence.import": "caseworker agency_officer",
    "evidence.put_document": f"{_STREET} agency_officer",
    "evidence.see": f"{_STREET} agency_officer office auditor",
    "evidence.settle_application": "caseworker",
    "funds.deposit": "finance",
    "funds.pay": "finance",
    "funds.see": "finance office auditor decider agency_head",
    "funds.settle_recovery": "finance",
    "journal.see": "auditor office admin",
    "journal.verify": "auditor office",
    "law.approve_table": "office",
    "law.propose_table": "office",
    "law.see": f"{_EVERY_OFFICE} expert admin",
    "notices.publish": "caseworker agency_officer",
    "notices.note_expired": "office",
    "notices.object": f"public {_STREET}",
    "notices.answer": "reviewer sub_district_head",
    "notices.see": f"{_EVERY_OFFICE} public",
    "offices.declare_relative": f"{_STREET} agency_officer decider agency_head finance office expert admin",
    "offices.manage": "admin",
    "offices.see": f"{_EVERY_OFFICE} expert admin",
    "oversight.manage": "office",
    "oversight.see": _EVERY_OFFICE,
    "oversight.see_trials": "decider finance office auditor",
    "oversight.try_changes": "decider office",
    "partners.ask": "office",
    "partners.manage": "admin",
    "partners.see": "admin auditor office",
    "programmes.compute": f"{_STREET} agency_officer decider office",
    "programmes.see": _EVERY_OFFICE,
    "registry.change": "caseworker",
    "registry.export": f"{_STREET} office",
    "registry.refer": "caseworker reviewer sub_district_head",
    "registry.register": "caseworker",
    "registry.see": _EVERY_OFFICE,
    "registry.tell": "caseworker reviewer agency_officer",
    "registry.unmask": f"{_STREET} agency_officer decider office",
}
RIGHTS: dict[str, frozenset[str]] = {act: frozenset(roles.split()) for act, roles in _RIGHTS.items()}


def refusal(post: Post, act: str) -> Sentence | None:
    """None when the post may do the act, else why not. An unknown act is nobody's. The system post may do everything."""
    if post.role == "system" or post.role in RIGHTS.get(act, frozenset()):
        return None
    allowed = [ROLE_NAMES[role] for role in ROLE_NAMES if role in RIGHTS.get(act, frozenset())]
    return sentence(
        "“{post}”岗位无权进行此操作（{act}）。可以办理的岗位：{who_zh}",
        "The post “{post}” has no right to this act ({act}). Posts that have: {who_en}",
        post=ROLE_NAMES[post.role],
        act=act,
        who_zh="、".join(name.say("zh") for name in allowed) or "无",
        who_en=", ".join(name.say("en") for name in allowed) or "none",
    )


def require(post: Post, act: str) -> None:
    """Raise :class:`NotYours` unless the post may do the act."""
    why = refusal(post, act)
    if why is not None:
        raise NotYours("not_your_act", why)


# Incompatible posts (岗位不相容): pairs of roles that watch one another, by where. One person never holds both on one day.
_OF_ONE_AREA = [
    ("caseworker", "reviewer"),
    ("caseworker", "sub_district_head"),
    ("reviewer", "sub_district_head"),
]
_OF_ONE_AGENCY = [
    ("agency_head", "agency_officer"),
    ("agency_head", "decider"),
    ("agency_officer", "decider"),
]
_ANYWHERE = [
    # who enquires or reviews, and who decides
    ("caseworker", "decider"), ("decider", "reviewer"), ("decider", "sub_district_head"),
    ("agency_head", "caseworker"), ("agency_head", "reviewer"), ("agency_head", "sub_district_head"),
    # whoever has a hand in a case, and who pays
    ("caseworker", "finance"), ("finance", "reviewer"), ("finance", "sub_district_head"), ("agency_officer", "finance"),
    ("decider", "finance"), ("agency_head", "finance"),
    # whoever has a hand in a case or pays, and the office that looks at it again
    ("caseworker", "office"), ("office", "reviewer"), ("office", "sub_district_head"), ("decider", "office"),
    ("agency_head", "office"), ("finance", "office"),
]  # fmt: skip
# The auditor and the keeper of log-ins watch everybody, and each other (系统、安全、审计三员分立，互不兼任).
_APART_FROM_ALL = frozenset({"auditor", "admin"})


_UNNAMED = Sentence("", "")


@dataclass(frozen=True, slots=True)
class Place:
    """A post's role and where it is, as the table of incompatible posts asks for them; ``name`` is for the refusal."""

    role: str
    area: str = ""
    agency: str = ""
    name: Sentence = _UNNAMED


def watching(one: Place, other: Place) -> bool:
    """Whether two posts watch one another, so that no person may hold both on one day."""
    pair = (min(one.role, other.role), max(one.role, other.role))
    if one.role == other.role:
        return False
    if _APART_FROM_ALL & set(pair):
        return True
    if pair in _OF_ONE_AREA:
        return one.area == other.area
    if pair in _OF_ONE_AGENCY:
        return one.agency == other.agency
    return pair in _ANYWHERE


def watching_pairs() -> list[tuple[str, str, Sentence]]:
    """The declared table: two roles, and where they are incompatible."""
    here, agency = sentence("同一街道", "of one sub-district"), sentence("同一单位", "of one agency")
    rows = [(*pair, here) for pair in _OF_ONE_AREA] + [(*pair, agency) for pair in _OF_ONE_AGENCY]
    return rows + [(*pair, sentence("不论何处", "anywhere")) for pair in _ANYWHERE]


def refusal_to_hold(wanted: Place, held: Place) -> tuple[Sentence, Sentence] | None:
    """None when one person may hold both posts on one day; else why not, naming both, and how to mend it."""
    if not watching(wanted, held):
        return None
    return (
        sentence(
            "“{w}”与已担任的“{h}”相互监督，不得由同一人担任",
            "“{w}” and “{h}”, held already, watch one another: one person must not hold both",
            w=wanted.name,
            h=held.name,
        ),
        sentence(
            "请先免去“{h}”（自新岗位任职前一日止），或由他人担任“{w}”",
            "End “{h}” first, with a last day before the new post begins, or give “{w}” to somebody else",
            w=wanted.name,
            h=held.name,
        ),
    )
