"""The staff's main navigation: which pages a post is shown. A page asks for its right again when it is opened."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, refusal
from jishiyu.oversight.rules.trials import SEE as TRIALS
from jishiyu.oversight.rules.trials import trial_refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation: its address by name, the act that opens it, the letter after ``g``."""

    label: Promise
    icon: str
    name: str
    act: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one post sees it on one page."""

    label: Promise
    icon: str
    url: str
    key: str
    active: bool


ENTRIES = (
    Entry(gettext_lazy("工作台"), "ti-layout-dashboard", "desk:home", "", "h"),
    Entry(gettext_lazy("家庭档案"), "ti-home-heart", "desk:households_list", "registry.see", "d"),
    Entry(gettext_lazy("批量导入"), "ti-table-import", "desk:imports_list", "evidence.see", "i"),
    Entry(gettext_lazy("网上申请"), "ti-inbox", "desk:applications_list", "evidence.see", "a"),
    Entry(gettext_lazy("救助办理"), "ti-clipboard-list", "desk:cases_list", "cases.see", "c"),
    Entry(gettext_lazy("入户调查"), "ti-home-search", "desk:visits_list", "cases.visit", "m"),
    Entry(gettext_lazy("服务落实"), "ti-heart-handshake", "desk:services_list", "cases.deliver", "l"),
    Entry(gettext_lazy("监督核查"), "ti-eye-check", "desk:checks_list", "cases.see", "k"),
    Entry(gettext_lazy("复核与变更"), "ti-refresh", "desk:after_list", "cases.see", "l"),
    Entry(gettext_lazy("公示与异议"), "ti-speakerphone", "desk:notices_list", "notices.see", "n"),
    Entry(gettext_lazy("资金"), "ti-coin-yuan", "desk:funds_list", "funds.see", "f"),
    Entry(gettext_lazy("季报与督导"), "ti-report-analytics", "desk:oversight_home", "oversight.see", "q"),
    Entry(gettext_lazy("全区筛查"), "ti-radar-2", "desk:screening_list", "assessment.screen", "s"),
    Entry(gettext_lazy("筛查结果"), "ti-list-numbers", "desk:screening_results", "programmes.see", "r"),
    Entry(gettext_lazy("政策试算"), "ti-flask", "desk:whatif_list", TRIALS, "t"),
    Entry(gettext_lazy("专家评估"), "ti-scale", "desk:experts_home", "assessment.judge", "e"),
    Entry(gettext_lazy("指标权重"), "ti-adjustments", "desk:experts_weights", "assessment.see_figures", "w"),
    Entry(gettext_lazy("多维贫困"), "ti-chart-dots", "desk:experts_poverty", "assessment.see_figures", "v"),
    Entry(gettext_lazy("政策与标准"), "ti-book-2", "desk:policy_home", "law.see", "p"),
    Entry(gettext_lazy("机构与岗位"), "ti-building-community", "desk:oversight_offices", "offices.see", "o"),
    Entry(gettext_lazy("日志"), "ti-notebook", "desk:oversight_journal", "journal.see", "j"),
)


def links(post: Post, path: str) -> list[Link]:
    """What the post may open, in order; the entry with the longest address that begins the path is the active one."""
    shown = []
    for entry in ENTRIES:
        if entry.act and _refused(post, entry.act):
            continue
        try:
            shown.append((entry, reverse(entry.name)))
        except NoReverseMatch:  # this installation does not have the page
            continue
    here = max((url for _, url in shown if path.startswith(url)), key=len, default="")
    return [Link(entry.label, entry.icon, url, entry.key, url == here) for entry, url in shown]


def _refused(post: Post, act: str) -> bool:
    # Trials of policy are for one agency's deciders only, which the act's roles alone do not say.
    why = trial_refusal(post, act, pack().district) if act == TRIALS else refusal(post, act)
    return why is not None


def address(name: str, **places: object) -> str:
    """The address of a page by name; empty when this installation does not have it, so that a list shows plain text."""
    try:
        return reverse(name, kwargs=places)
    except NoReverseMatch:
        return ""
