"""The workbooks that we give out: the empty template, and a batch's bad rows to be mended and brought back."""

from collections.abc import Sequence
from uuid import UUID

from jishiyu.evidence import queries as evidence_queries
from jishiyu.evidence.queries import Row
from jishiyu.evidence.rules.paper import Shown, bad_rows, template
from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.journal.operations import record
from jishiyu.journeys.take_in_workbook.taking import columns_in_force
from jishiyu.offices.rules import Post, require

_GUIDE = (
    ("怎么填", "一人一行；同一户的人填同一个户序号。家庭的情况（地址、住房、财产等）只在户主行填一次。红字表头为必填。"),
    ("身份证号", "列已设为文本，请勿改为数字。旧15位号会自动升为18位，小写x会改为大写。"),
    ("金额", "单位为元，可写 1200.50、1,200.50、￥1200、1.2万。没有填0；不清楚的留空（留空表示“不详”，不会当作0）。"),
    ("日期", "2026-11-24、2026/11/24、2026.11.24、20261124、2026年11月24日均可。"),
    ("多出来的列", "可以增加自己的列，导入时原样保存，不作登记。列的先后不限。"),
    ("出错怎么办", "一户中有一行有误，整户先不登记；可在页面上改，或下载“待改行”工作簿改好后再次导入。已登记的不会重复登记。"),
    ("How to fill in", "One row a person; the same household number on each row of a household; its own facts on the head's row only."),
)  # fmt: skip


def template_workbook(*, actor: Post) -> bytes:
    """The empty template with pick-lists and the help sheet."""
    require(actor, "evidence.see")
    title = sentence("困难家庭信息采集表", "Households in need: particulars")
    return template(columns_in_force(), title, _GUIDE)


def bad_rows_workbook(batch_id: UUID, *, actor: Post) -> bytes:
    """The open rows of a batch with their reasons. Refused when there is none. Leaves a note in the journal."""
    require(actor, "evidence.import")
    batch = evidence_queries.batch(batch_id, actor)
    rows = list(evidence_queries.open_rows(batch).order_by("household_key", "sheet", "number"))
    if not rows:
        raise CannotBecause("no_open_rows", sentence("没有待改的行", "There are no rows to mend"))
    columns = columns_in_force()
    record(act="registry.export", about=("batch", batch.id), detail={"rows": len(rows), "what": "bad_rows"})
    title = sentence("待改行（改好后原样上传）", "Rows to mend, then to be uploaded again")
    return bad_rows(columns, title, _shown(rows, {column.key for column in columns}), batch.id)


def _shown(rows: Sequence[Row], known: set[str]) -> list[Shown]:
    shown = []
    for row in rows:
        reasons: dict[str, str] = {}
        for problem in row.problems or ():
            # What concerns the row as a whole, or a column that the file did not have, stands at the name.
            key = problem["column"] if problem["column"] in known else "name"
            told = f"{problem['wrong']['zh']}。{problem['mend']['zh']}"
            reasons[key] = f"{reasons[key]}\n{told}" if key in reasons else told
        cells = {**row.cells, "household_key": row.household_key}
        waits = row.state != "bad"
        shown.append(Shown(cells, {} if waits else reasons, waits))
    return shown
