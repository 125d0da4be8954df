"""How a Chinese name is read, for sorting and for finding by initials. A reading can be corrected by hand."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Surnames whose reading as a surname differs from the usual one; the library gives the usual one.
_SURNAMES = {
    "单": "shan", "仇": "qiu", "区": "ou", "查": "zha", "解": "xie", "曾": "zeng", "朴": "piao",
    "盖": "ge", "任": "ren", "华": "hua", "纪": "ji", "宁": "ning", "缪": "miao", "乐": "yue",
    "翟": "zhai", "燕": "yan", "黑": "he", "洗": "xian", "员": "yun", "覃": "qin", "尉迟": "yu chi",
    "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu",
}  # fmt: skip


@lru_cache(maxsize=30_000)
def _reading_of(character: str) -> str:
    # Character by character: a given name is no phrase, and the library's phrases cost twenty times as much.
    return " ".join(lazy_pinyin(character, style=Style.NORMAL))


@lru_cache(maxsize=50_000)
def reading(name: str) -> str:
    """The name in pinyin without tones, syllables apart: ``单春雨`` → ``shan chun yu``."""
    for length in (2, 1):
        surname = name[:length]
        if len(surname) == length and surname in _SURNAMES:
            return " ".join([_SURNAMES[surname], *map(_reading_of, name[length:])]).lower()
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(map(_reading_of, name)).lower()


def initials(pinyin: str) -> str:
    """First letters of each syllable: ``shan chun yu`` → ``scy``."""
    return "".join(syllable[0] for syllable in pinyin.split())
