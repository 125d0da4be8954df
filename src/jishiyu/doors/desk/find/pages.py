"""Pages and acts that can be searched for by their words, as far as the post may open them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from jishiyu.doors.desk.navigation import ENTRIES, address, links
from jishiyu.offices.rules import Post, refusal


@dataclass(frozen=True, slots=True)
class Place:
    """A page or act: its words, the same in the other language, and where it is."""

    title: str
    about: str
    url: str
    other_words: str = ""


# Acts that have a page of their own: words, address by name, and the right to them.
_ACTS: tuple[tuple[Promise, str, str], ...] = (
    (gettext_lazy("登记新家庭"), "desk:households_register", "registry.register"),
    (gettext_lazy("我的待办"), "desk:work_list", ""),
    (gettext_lazy("移交与收回"), "desk:work_handover", "cases.take_on"),
    (gettext_lazy("退还与待助"), "desk:cases_recoveries", "cases.see"),
    (gettext_lazy("答复公示异议"), "desk:notices_objections", "notices.answer"),
    (gettext_lazy("本月待发放"), "desk:funds_preview", "funds.pay"),
    (gettext_lazy("决策表"), "desk:policy_tables", "law.see"),
    (gettext_lazy("救助标准"), "desk:policy_standards", "law.see"),
    (gettext_lazy("帮助"), "desk:help", ""),
)


def pages(post: Post) -> list[Place]:
    """What the post may open: the acts first, then the pages of the navigation."""
    found = [
        Place(str(words), "", url, _in_chinese(words))
        for words, name, act in _ACTS
        if (not act or refusal(post, act) is None) and (url := address(name))
    ]
    labels = {address(entry.name): entry.label for entry in ENTRIES}
    known = {one.url for one in found}
    return found + [
        Place(str(link.label), "", link.url, _in_chinese(labels[link.url]))
        for link in links(post, "")
        if link.url not in known
    ]


def _in_chinese(words: Promise) -> str:
    """The Chinese words: they are searched for in English screens too, by their pinyin."""
    with override("zh-hans"):
        return str(words)
