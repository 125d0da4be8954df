"""The groups of hits, each within the post's reach and rights, in the order in which they are offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from jishiyu.cases import queries as cases
from jishiyu.cases.rules.steps import STATE_NAMES, STEP_NAMES
from jishiyu.doors.desk.fields import english, say
from jishiyu.doors.desk.find.pages import pages
from jishiyu.foundations.identifiers import masked_id
from jishiyu.foundations.outcomes import Sentence
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry import queries as registry
from jishiyu.registry.rules.names import initials, reading
from jishiyu.registry.rules.vocabulary import relation_word

# Files and cases are numbered by the year in which they were opened: so far back a number without its beginning is looked for.
_YEARS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: its words, what tells it from others, where it is, and the part of the words that fits."""

    title: str
    about: str
    url: str
    fits: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The title before, in and behind the part that fits."""
        at = self.title.lower().find(self.fits.lower()) if self.fits else -1
        if at < 0:
            return self.title, "", ""
        end = at + len(self.fits)
        return self.title[:at], self.title[at:end], self.title[end:]


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind under a heading."""

    key: str
    title: str
    icon: str
    hits: tuple[Hit, ...]


def search(words: str, post: Post, today: date, *, most: int) -> list[Group]:
    """Everything that fits the words, at most so much of each kind; groups without a hit are left out."""
    found = (
        Group("people", gettext("家庭和个人"), "ti-user", _people(words, post, today, most)),
        Group("cases", gettext("案件"), "ti-clipboard-list", _cases(words, post, today, most)),
        Group("communities", gettext("社区"), "ti-map-pin", _communities(words, post)),
        Group("pages", gettext("页面和操作"), "ti-arrow-right", _pages(words, post, most)),
        Group("items", gettext("救助项目"), "ti-heart-handshake", _items(words, post, most)),
        Group("standards", gettext("标准"), "ti-ruler-2", _standards(words, post, most)),
    )
    return [group for group in found if group.hits]


def people_in(groups: Iterable[Group]) -> bool:
    """Whether people are among the hits."""
    return any(group.key == "people" for group in groups)


def _people(words: str, post: Post, today: date, most: int) -> tuple[Hit, ...]:
    if refusal(post, "registry.see") is not None:
        return ()
    years = range(today.year, today.year - _YEARS, -1)
    return tuple(
        Hit(
            one.person.name,
            " · ".join(
                (
                    say(relation_word(one.relation)),
                    one.household_number,
                    _area(one.household.sub_district),
                    masked_id(one.person.id_number),
                )
            ),
            reverse("desk:households_page", kwargs={"household_id": one.household_id}),
            "".join(words.split()),
        )
        for one in registry.find(words, post, limit=most, years=years)
    )


def _area(row: object) -> str:
    return str(getattr(row, "name_en" if english() else "name_zh"))


def _cases(words: str, post: Post, today: date, most: int) -> tuple[Hit, ...]:
    if refusal(post, "cases.see") is not None:
        return ()
    years = range(today.year, today.year - _YEARS, -1)
    return tuple(
        Hit(
            row.number,
            " · ".join(
                (
                    row.applicant.name,
                    say(pack().item(row.item).name),
                    say(STATE_NAMES[row.state] if row.step == "end" else STEP_NAMES[row.step]),
                )
            ),
            reverse("desk:cases_page", kwargs={"case_id": row.id}),
            words,
        )
        for row in cases.find_cases(words, post, limit=most, years=years)
    )


def _communities(words: str, post: Post) -> tuple[Hit, ...]:
    if refusal(post, "registry.see") is not None or words.isascii():
        return ()
    page = reverse("desk:households_list")
    return tuple(
        Hit(name, gettext("家庭名单"), f"{page}?{urlencode({'community': name})}", words)
        for name in registry.communities_beginning(words, post)
    )


def _pages(words: str, post: Post, most: int) -> tuple[Hit, ...]:
    return tuple(
        Hit(one.title, one.about, one.url, words)
        for one in pages(post)
        if _fits(words, one.title, one.other_words)
    )[:most]


def _items(words: str, post: Post, most: int) -> tuple[Hit, ...]:
    if refusal(post, "law.see") is not None:
        return ()
    return tuple(
        Hit(say(one.name), one.id, reverse("desk:policy_item", kwargs={"item_id": one.id}), words)
        for one in pack().items
        if _fits_sentence(words, one.name) or one.id.lower() == words.lower()
    )[:most]


def _standards(words: str, post: Post, most: int) -> tuple[Hit, ...]:
    if refusal(post, "law.see") is not None:
        return ()
    return tuple(
        Hit(say(one.name), one.id, reverse("desk:policy_standard", kwargs={"parameter_id": one.id}), words)
        for one in pack().parameters
        if _fits_sentence(words, one.name)
    )[:most]


def _fits_sentence(words: str, name: Sentence) -> bool:
    return _fits(words, name.say("zh"), name.say("en"))


def _fits(words: str, *texts: str) -> bool:
    """Whether the words stand in one of the texts, or are the beginning of its pinyin's first letters (``djjt`` → 登记家庭)."""
    plain = words.lower()
    return any(plain in text.lower() for text in texts) or (
        len(plain) >= 2
        and plain.isascii()
        and plain.isalpha()
        and any(_letters(text).startswith(plain) for text in texts)
    )


@lru_cache(maxsize=2000)
def _letters(text: str) -> str:
    return "" if text.isascii() else initials(reading(text))
