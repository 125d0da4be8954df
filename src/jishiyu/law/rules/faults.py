"""What is wrong in a policy pack, and what a pack does not know: both said in words an officer can act on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jishiyu.foundations.outcomes import CannotBecause, Sentence, sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a pack: the file (relative to the pack), the line, the key, and what is expected there."""

    file: str
    line: int
    key: str
    expected: Sentence

    def say(self, language: str = "zh") -> str:
        """The fault as one line: ``district.yaml:12 · sub_districts.0.code: …``."""
        return f"{self.file}:{self.line} · {self.key}: {self.expected.say(language)}"


class BadPack(CannotBecause):
    """The pack cannot be used; ``faults`` names every place that must be mended, not just the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join
        super().__init__(
            "law.bad_pack",
            sentence(
                "政策包有{n}处错误：\n{listed_zh}",
                "The policy pack has {n} faults:\n{listed_en}",
                n=len(self.faults),
                listed_zh=listed(f.say("zh") for f in self.faults),
                listed_en=listed(f.say("en") for f in self.faults),
            ),
            sentence("请按文件和行号改正后再载入", "Mend them at the file and line named, then load again"),
        )


class UnknownValue(CannotBecause):
    """The law's value is not known for that day: null, in a gap, or never dated. Nothing is put in its place.

    ``parameter`` and ``day`` name what was asked; ``source`` says what was looked into (may be empty).
    """

    def __init__(self, parameter: str, day: date | None, why: Sentence, source: str = "") -> None:
        self.parameter = parameter
        self.day = day
        self.source = source
        on_zh = f"{day}的" if day else ""
        on_en = f" on {day}" if day else ""
        super().__init__(
            "law.unknown_value",
            sentence(
                "不能计算：{on_zh}“{id}”未知——{why}（来源：{from_zh}）",
                "Cannot be computed: “{id}”{on_en} is not known: {why} (source: {from_en})",
                id=parameter,
                on_zh=on_zh,
                on_en=on_en,
                why=why,
                from_zh=source or "未见",
                from_en=source or "none seen",
            ),
            sentence(
                "请由主管部门在政策包中补录该值及文号",
                "The office in charge has to enter the value and its document number in the policy pack",
            ),
        )
