"""Invented names: common surnames about as often as in the north of China, with rare and two-character ones among them."""

from jishiyu.doors.jobs.population.draws import Draws

# Surname and how often, per 10 000 people; roughly the national order of frequency, the rest share what is left.
_COMMON = (
    "王800 李780 张750 刘560 陈350 杨330 赵300 黄160 周170 吴160 徐150 孙180 胡120 朱120 高130 林100 何100 郭130 马160 罗80 "
    "梁90 宋120 郑90 谢70 韩110 唐70 冯90 于100 董90 萧30 程70 曹80 袁70 邓60 许70 傅40 沈60 曾40 彭50 吕70 苏60 卢50 "
    "蒋50 蔡50 贾80 丁60 魏80 薛60 叶50 阎40 余40 潘40 杜70 戴40 夏50 钟30 汪50 田70 任60 姜60 范60 方50 石60 姚50 谭40 廖30 "
    "邹40 熊30 金90 陆40 郝50 孔40 白60 崔70 康50 毛40 邱40 秦50 江40 史50 顾40 侯50 邵40 孟50 龙30 万30 段50 雷40 "
    "钱40 汤30 尹40 黎20 易30 常50 武50 乔40 贺40 赖20 龚30 文30"
)
# Readings that a machine gets wrong, and two-character surnames: in the district so that its screens meet them.
_RARE = (
    "单12 仇8 区6 查10 解12 盖6 朴10 翟25 纪25 宁20 乐8 燕12 覃6 缪6 曲15 牛25 回4 哈5 沙8 满6 那8 佟15 关30 富10 赫5 洪20 "
    "欧阳14 司马4 上官4 诸葛4 尉迟2 令狐2 东方3 皇甫3 司徒3 慕容2"
)
_MEN = (
    "伟强磊军洋勇杰涛超明刚平辉鹏飞斌波宇浩凯健俊建国志文海龙玉振庆德福永春林东生光新利成安"
    "宝山立民长春瑞祥启明泽宇浩然子轩梓睿嘉铭昊天"
)
_WOMEN = (
    "芳娜敏静丽艳娟霞秀英玲桂兰燕红梅玉华淑珍雪琳慧婷莉萍洁颖欣怡雨晴春花凤琴秋月素云彩香"
    "巧雅文思佳涵梓萱可馨诗语若溪一诺"
)


def _table(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    names = [entry.rstrip("0123456789") for entry in text.split()]
    return tuple(names), tuple(
        int(entry[len(name) :]) for entry, name in zip(text.split(), names, strict=True)
    )


_SURNAMES, _OFTEN = _table(f"{_COMMON} {_RARE}")


def surnames(draws: Draws, n: int) -> list[str]:
    """``n`` surnames by frequency."""
    return [_SURNAMES[i] for i in draws.choice(_OFTEN, n)]


def given_names(draws: Draws, sexes: list[int]) -> list[str]:
    """A given name of one or two characters for each person; two are usual."""
    n = len(sexes)
    first, second, short = draws.whole(0, 10**6, n), draws.whole(0, 10**6, n), draws.happens(2_200, n)
    names = []
    for sex, one, two, brief in zip(sexes, first, second, short, strict=True):
        letters = _MEN if sex == 1 else _WOMEN
        head, tail = letters[one % len(letters)], letters[two % len(letters)]
        names.append(head if brief else head + (tail if tail != head else letters[(two + 1) % len(letters)]))
    return names
