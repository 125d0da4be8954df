"""What is searched for: three ways to ask (identifier, expression, predicate), read into one tree of conditions.

A tree is a :class:`Is` (attribute, operator, value), an :class:`All`, an :class:`Any_` or a :class:`Not`. Attributes are our own
names; the many spellings that partners use are listed here once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from jishiyu.foundations.outcomes import sentence
from jishiyu.partners.rules.reading import ItemRefused

Operator = Literal["eq", "gt", "ge", "lt", "le", "in"]
Entity = Literal["Group", "Member"]

PAGE, LARGEST_PAGE, DEEPEST = 100, 1000, 8

# The name that a partner uses, in lower case without signs, to ours.
ATTRIBUTES: dict[str, str] = {
    **dict.fromkeys(
        ("uin", "nationalid", "nationalidentifier", "nid", "idnumber", "identitynumber", "residentid", "id",
         "identifiervalue", "personidentifier", "memberidentifier"),
        "id_number",
    ),
    **dict.fromkeys(
        ("householdnumber", "householdid", "groupid", "groupidentifier", "hhid", "familyid", "number"), "number"
    ),
    **dict.fromkeys(("name", "fullname", "givenname", "demographicinfoname"), "name"),
    **dict.fromkeys(("birthdate", "dob", "dateofbirth", "born"), "born"),
    **dict.fromkeys(("yob", "yearofbirth"), "birth_year"),
    **dict.fromkeys(("sex", "gender"), "sex"),
    **dict.fromkeys(
        ("location", "subdistrict", "areacode", "area", "pincode", "postalcode", "place", "adminarea"), "sub_district"
    ),
    **dict.fromkeys(("groupsize", "householdsize", "size"), "size"),
    **dict.fromkeys(("povertyscore", "hardshipscore", "score"), "score"),
    **dict.fromkeys(("registrationdate", "registeredon"), "registered_on"),
    **dict.fromkeys(("programmeidentifier", "programidentifier", "programme", "program", "programcode"), "programme"),
}  # fmt: skip
NAMES = sorted(set(ATTRIBUTES.values()) - {"programme"})
_OPERATORS: dict[str, Operator] = {
    "eq": "eq", "gt": "gt", "ge": "ge", "gte": "ge", "lt": "lt", "le": "le", "lte": "le", "in": "in",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Is:
    """One attribute compared with a value."""

    attribute: str
    operator: Operator
    value: Any


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` is taken
    """One part holds at least."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Tree"


Tree = Is | All | Any_ | Not


@dataclass(frozen=True, slots=True)
class Search:
    """One search as understood: which records, by which tree, in which order, which page."""

    entity: Entity
    tree: Tree
    sort: tuple[tuple[str, bool], ...]
    page: int
    size: int
    record_type: str
    purpose: str


def search_of(request: Mapping[str, Any]) -> Search:
    """Read the criteria of one search request; ``pagination`` may stand in the criteria or beside them. Raises ItemRefused."""
    criteria = request.get("search_criteria")
    if not isinstance(criteria, dict):
        raise _invalid("缺少search_criteria", "search_criteria is missing")
    entity = entity_of(criteria)
    size, page = _page(criteria.get("pagination", request.get("pagination")))
    return Search(
        entity=entity,
        tree=tree_of(criteria.get("query_type"), criteria.get("query")),
        sort=_sort(criteria.get("sort")),
        page=page,
        size=size,
        record_type=str(criteria.get("reg_record_type") or f"spdci-extensions-social:{entity}")[:99],
        purpose=purpose_of(criteria),
    )


def entity_of(criteria: Mapping[str, Any]) -> Entity:
    """Households (Group) or persons (Member): as asked, else by the record type's name, else households."""
    asked = criteria.get("response_entity")
    if asked in ("Group", "Member"):
        return "Group" if asked == "Group" else "Member"
    if asked is not None:
        raise _invalid("response_entity须是Group或Member", "response_entity is Group or Member")
    named = str(criteria.get("reg_record_type") or "").lower()
    return "Member" if named.endswith(("member", "person")) else "Group"


def tree_of(query_type: Any, query: Any) -> Tree:
    """The conditions of a query of one of the three types. Raises ItemRefused."""
    if query_type == "idtype-value":
        return _identifier(query)
    if query_type == "predicate":
        return _predicates(query)
    if query_type == "expression":
        return _expression(query)
    raise _invalid(
        "query_type须是idtype-value、expression或predicate",
        "query_type is idtype-value, expression or predicate",
    )


def purpose_of(criteria: Mapping[str, Any]) -> str:
    """What the request says it is for, from ``authorize`` or ``consent``; empty when it names nothing."""
    for name in ("authorize", "consent"):
        part = criteria.get(name)
        if isinstance(part, dict):
            for key in ("purpose", "code", "id", "ts"):
                said = part.get(key)
                if isinstance(said, dict):
                    said = said.get("text") or said.get("code")
                if isinstance(said, str) and said.strip() and key != "ts":
                    return said.strip()[:200]
    return ""


def _identifier(query: Any) -> Tree:
    if not isinstance(query, dict) or "value" not in query:
        raise _filter("query须有type和value", "query needs type and value")
    kind, value = query.get("type"), query["value"]
    if isinstance(value, dict):
        value = value.get("value") or value.get("identifier_value")
    name = _attribute(kind)
    if name not in ("id_number", "number"):
        raise _filter(
            "不支持的标识类型“{k}”", "The identifier type “{k}” is not known here", k=str(kind)[:40]
        )
    return Is(name, "eq", _plain(value))


def _predicates(query: Any) -> Tree:
    if not isinstance(query, list) or not query or len(query) > 20:
        raise _filter("predicate须是1至20条的列表", "A predicate is a list of 1 to 20 entries")
    parts = []
    for entry in sorted(query, key=lambda one: _number(one.get("seq_num")) if isinstance(one, dict) else 0):
        if not isinstance(entry, dict):
            raise _filter("predicate的每一条须是对象", "Each entry of a predicate is an object")
        first = _comparison(entry.get("expression1"))
        joined, second = entry.get("condition"), entry.get("expression2")
        if second is None:
            parts.append(Not(first) if joined == "not" else first)
        elif joined == "or":
            parts.append(Any_((first, _comparison(second))))
        elif joined == "not":
            parts.append(All((first, Not(_comparison(second)))))
        elif joined in (None, "and"):
            parts.append(All((first, _comparison(second))))
        else:
            raise _filter("condition须是and、or或not", "condition is and, or or not")
    return All(tuple(parts))


def _comparison(part: Any) -> Tree:
    if not isinstance(part, dict):
        raise _filter("缺少expression1", "expression1 is missing")
    return _is(part.get("attribute_name"), str(part.get("operator")), part.get("attribute_value"))


def _expression(query: Any) -> Tree:
    if not isinstance(query, dict):
        raise _filter("query须是对象", "query has to be an object")
    value = query.get("value", query)
    inner = value.get("expression", value) if isinstance(value, dict) else value
    if isinstance(inner, dict) and "query" in inner:
        inner = inner["query"]
    return _tree(inner, 0)


def _tree(part: Any, depth: int) -> Tree:
    if not isinstance(part, dict) or not part or depth > DEEPEST:
        raise _filter(
            "表达式须是非空对象，最多八层",
            "An expression is an object that is not empty, at most eight levels deep",
        )
    parts: list[Tree] = []
    for key, value in part.items():
        name = str(key)
        if name in ("$and", "$or", "and", "or"):
            if not isinstance(value, list) or not 1 <= len(value) <= 50:
                raise _filter("{k}须是列表", "{k} has to be a list", k=name)
            inner = tuple(_tree(one, depth + 1) for one in value)
            parts.append(All(inner) if name.endswith("and") else Any_(inner))
        elif name in ("$not", "not"):
            parts.append(Not(_tree(value, depth + 1)))
        elif isinstance(value, dict):
            parts += [_is(name, str(operator).lstrip("$"), one) for operator, one in value.items()]
        else:
            parts.append(_is(name, "eq", value))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _is(name: Any, operator: str, value: Any) -> Tree:
    known = _OPERATORS.get(operator)
    if known is None:
        raise _filter("不支持的比较“{o}”", "The operator “{o}” is not known here", o=operator[:20])
    if known == "in":
        if not isinstance(value, list) or not 1 <= len(value) <= 200:
            raise _filter("in须给出1至200个值的列表", "in needs a list of 1 to 200 values")
        return Is(_attribute(name), "in", tuple(_plain(one) for one in value))
    return Is(_attribute(name), known, _plain(value))


def _attribute(name: Any) -> str:
    words = str(name).rsplit(":", 1)[-1].rsplit(".", 1)[-1]
    found = ATTRIBUTES.get("".join(sign for sign in words.lower() if sign.isalnum()))
    if found is None:
        raise _filter(
            "不支持的属性“{n}”；支持：{list}", "The attribute “{n}” is not known here; known are: {list}",
            n=str(name)[:40], list=", ".join(NAMES),
        )  # fmt: skip
    return found


def _plain(value: Any) -> str | int | float | bool:
    if isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 1e15):
        return value
    if isinstance(value, str) and value.strip() and len(value) <= 200 and "\x00" not in value:
        return value.strip()
    raise _filter("值须是文字或数", "A value is a text or a number")


def _number(found: Any) -> float:
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else 0.0


def _page(found: Any) -> tuple[int, int]:
    if found is None:
        return PAGE, 1
    if not isinstance(found, dict):
        raise _pagination()
    size, page = _counted(found.get("page_size")), _counted(found.get("page_number", 1))
    if size > LARGEST_PAGE or page > 1_000_000:
        raise _pagination()
    return size, page


def _counted(found: Any) -> int:
    if isinstance(found, bool) or not isinstance(found, int | float) or not isfinite(found):
        raise _pagination()
    if found != int(found) or found < 1:
        raise _pagination()
    return int(found)


def _sort(found: Any) -> tuple[tuple[str, bool], ...]:
    if found is None:
        return ()
    wrong = ItemRefused(
        "rjct.sort.invalid",
        sentence("sort须是attribute_name和sort_order的列表", "sort is a list of attribute_name with sort_order asc or desc"),
    )  # fmt: skip
    if not isinstance(found, list) or len(found) > 5:
        raise wrong
    keys = []
    for one in found:
        if not isinstance(one, dict) or one.get("sort_order", "asc") not in ("asc", "desc"):
            raise wrong
        try:
            name = _attribute(one.get("attribute_name"))
        except ItemRefused as unknown:
            raise ItemRefused("rjct.sort.invalid", unknown.words) from None
        if name == "id_number":  # sealed: nothing can be put in its order
            raise wrong
        keys.append((name, one.get("sort_order") == "desc"))
    return tuple(keys)


def _pagination() -> ItemRefused:
    return ItemRefused(
        "rjct.pagination.invalid",
        sentence(f"page_size须是1至{LARGEST_PAGE}，page_number自1起", f"page_size is 1 to {LARGEST_PAGE}, page_number counts from 1"),
    )  # fmt: skip


def _invalid(zh: str, en: str) -> ItemRefused:
    return ItemRefused("rjct.search_criteria.invalid", sentence(zh, en))


def _filter(zh: str, en: str, **values: Any) -> ItemRefused:
    return ItemRefused("rjct.filter.invalid", sentence(zh, en, **values))
