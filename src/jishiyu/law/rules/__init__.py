"""What the law says, as data: the policy pack, dated parameters, working days. Pure Python; knows no database."""

from jishiyu.law.rules.faults import BadPack, Fault, UnknownValue
from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.parameters import Citation, Dated, DatedText
from jishiyu.law.rules.read import read_pack

__all__ = ["BadPack", "Citation", "Dated", "DatedText", "Fault", "Pack", "UnknownValue", "read_pack"]
