"""What the applicant signs: the application, and the authorisation for the check of the family's economic situation."""

from typing import Any

from django.utils.translation import gettext

from jishiyu.cases import queries
from jishiyu.doors.desk.cases.papers.words import day, foot, language, say
from jishiyu.doors.threshold.papers import Facts, Grid, Heading, Paragraph, Points, Sheet, Ticks, ToSign
from jishiyu.foundations.identifiers import masked_id
from jishiyu.foundations.periods import age_on
from jishiyu.law.queries import pack
from jishiyu.offices.rules import Post, refusal
from jishiyu.registry.queries import members
from jishiyu.registry.rules.vocabulary import relation_word


def application(row: Any, post: Post) -> Sheet:
    """The application as it was made, with the family and the papers that were handed in.

    The code to ask by is the applicant's: it is printed only for posts that take applications.
    """
    takes = refusal(post, "cases.apply") is None
    item = pack().item(row.item)
    handed_in = {paper for one in queries.steps_of(row.id) for paper in one.papers}
    asked = queries.procedure_of(row).first.papers
    blocks = (
        Facts((
            (gettext("申请项目"), say(item.name)),
            (gettext("申请人"), row.applicant.name),
            (gettext("居住地街道"), say(row.sub_district)),
            (gettext("申请日期"), day(row.opened_on)),
            *(((gettext("查询码"), queries.progress_code(row)),) if takes else ()),
        )),
        Heading(gettext("共同生活的家庭成员")),
        family(row),
        Heading(gettext("申请理由")),
        Paragraph(row.statement),
        Heading(gettext("提交的材料")),
        Ticks(tuple((say(one.name), one.key in handed_in) for one in asked)),
        Paragraph(gettext("以上情况属实。如有隐瞒或者虚报，愿意退回所得的救助并承担法律责任。")),
        ToSign(((gettext("申请人签字"), ""), (gettext("受理人"), ""))),
        *((Paragraph(gettext("凭案号和查询码，可以在公众网站“查进度”看到办理进度，以及谁看过您家的档案。请妥善保管查询码。")),) if takes else ()),
    )  # fmt: skip
    title = gettext("社会救助申请表")
    return Sheet(title, blocks, row.number, (), foot(), language(), say(row.sub_district))


def authorisation(row: Any, _: Post) -> Sheet:
    """The family's authorisation for the economic check, with a line to sign for each adult member."""
    adults = [
        one.person.name
        for one in members(row.household_id)
        if age_on(one.person.born, row.opened_on) >= _ADULT
    ]
    blocks = (
        Paragraph(
            gettext(
                "为申请%(item)s，我们授权%(place)s和民政部门，在办理和复核期间，查询、核对我们的家庭人口、收入、支出和财产状况，包括："
            )
            % {"item": say(pack().item(row.item).name), "place": say(row.sub_district)}
        ),
        Points((
            gettext("户籍、婚姻、殡葬登记；"),
            gettext("工资、养老金、失业保险、公积金、医疗保险；"),
            gettext("存款、证券、商业保险；"),
            gettext("房屋、车辆、市场主体登记；"),
            gettext("纳税情况，以及残疾、教育、就业登记。"),
        )),
        Paragraph(gettext("查询结果只用于社会救助。我们可以查阅查询的记录，也可以随时书面撤回授权；撤回后不能核对的，申请将终止办理。")),
        Heading(gettext("成年家庭成员签字")),
        ToSign(tuple((name, "") for name in adults) or ((row.applicant.name, ""),)),
    )  # fmt: skip
    title = gettext("家庭经济状况核对授权书")
    return Sheet(title, blocks, row.number, (), foot(), language(), say(row.sub_district))


_ADULT = 18


def family(row: Any) -> Grid:
    """The members of the household; identity numbers stay masked on paper as on the screen.

    The age, never the day of birth: with it the masked figures of the number would be known.
    """
    head = (gettext("姓名"), gettext("关系"), gettext("年龄"), gettext("身份证号"))
    rows = tuple(
        (one.person.name, say(relation_word(one.relation)), str(age_on(one.person.born, row.opened_on)), masked_id(one.person.id_number))
        for one in members(row.household_id)
    )  # fmt: skip
    return Grid(head, rows, narrow=frozenset({2, 3}))
