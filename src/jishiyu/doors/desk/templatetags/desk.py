"""Tags and filters of the staff's pages: navigation by rights, form fields, charts' tables."""

import math
from decimal import Decimal
from typing import Any

from django import forms, template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString

from jishiyu.cases.rules.basis import Basis
from jishiyu.doors.desk.fields import community_name, say
from jishiyu.doors.desk.navigation import Link, links
from jishiyu.doors.desk.tell.asked import in_words
from jishiyu.doors.threshold.templatetags.jishiyu import as_written
from jishiyu.foundations.outcomes import Sentence
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry.rules.vocabulary import relation_word

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_nav(context: dict[str, Any]) -> list[Link]:
    """The pages that the post may open, the present one marked."""
    request = context.get("request")
    return links(context["post"], request.path if request is not None else "")


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> str:
    """The page's ``title`` block once more, for its heading."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    return as_written(block.render(context)) if block is not None else ""


@register.filter
def may(post: Post, act: str) -> bool:
    """Whether the post may do the act: ``{% if post|may:"cases.review" %}``. The act itself asks again."""
    return refusal(post, act) is None


@register.filter
def styled(field: forms.BoundField) -> SafeString:
    """The field's own widget with the classes of our forms."""
    widget = field.field.widget
    kind = "form-control"
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, forms.Select):
        kind = "form-select"
    given = str(widget.attrs.get("class", ""))
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{kind} {given}{wrong}".strip().replace("  ", " ")})


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    """Whether the label stands behind the box."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def days_over(days_left: int) -> int:
    """How many days past the term."""
    return -days_left


@register.filter
def bound(form: forms.Form, name: str) -> forms.BoundField:
    """A form's field by its name."""
    return form[name]


@register.filter
def relation(code: str) -> str:
    """The relation to the head in words."""
    return say(relation_word(code))


@register.filter
def told_in_words(basis: Basis) -> list[tuple[Sentence, Sentence]]:
    """What people told that a case rests on: question and answer."""
    return in_words(basis.told, basis.day)


@register.filter
def community(text: str) -> str:
    """A community's name, or that only a code was given."""
    return community_name(text)


@register.filter
def chart_rows(chart: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """A chart's figures as rows of a table: (label, one cell for each series), with thousands apart and no empty decimals."""
    return [
        (label, [_figure(series["data"][at]) for series in chart["series"]])
        for at, label in enumerate(chart["labels"])
    ]


def _figure(value: Any) -> Any:
    """A number as it is read: ``17937.0`` → ``17,937``, ``0.3056`` stays; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    whole = value == int(value) if math.isfinite(value) else False
    return f"{int(value):,}" if whole else f"{value:,.4f}".rstrip("0").rstrip(".")
