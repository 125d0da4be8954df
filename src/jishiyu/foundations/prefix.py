"""Finding by how a text begins, in a way that an index serves under row security too.

PostgreSQL puts a condition before a policy only when its operator is leakproof. ``LIKE`` is not, so that a search by it reads every
row that the policy allows; the plain comparisons of ``varchar_pattern_ops`` are.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Lookup
from django.db.models.expressions import OrderBy

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup

# Behind every text that begins with the same signs.
_LAST = "\U0010ffff"


@CharField.register_lookup
class Begins(_Lookup):
    """``name__begins="单"``: the text begins so, sign by sign; an index with ``varchar_pattern_ops`` serves it."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Two comparisons, from the prefix up to the last text that begins with it."""
        left, left_values = self.process_lhs(compiler, connection)
        begin = str(self.rhs)
        return f"({left} ~>=~ %s and {left} ~<=~ %s)", [*left_values, begin, *left_values, begin + _LAST]


@CharField.register_lookup
class After(_Lookup):
    """``name__after="单"``: the text comes later in the order of the same index."""

    lookup_name = "after"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """One comparison."""
        left, left_values = self.process_lhs(compiler, connection)
        return f"{left} ~>~ %s", [*left_values, str(self.rhs)]


@CharField.register_lookup
class AnyOf(_Lookup):
    """``number__any_of=[…]``: one of many texts, handed over as one array; thousands of them cost no more to say than one."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """One comparison with the array."""
        left, left_values = self.process_lhs(compiler, connection)
        return f"{left} = any(%s)", [*left_values, list(self.rhs)]


class InIndexOrder(OrderBy):
    """The order of the same index, so that the first hits are read and no more: ``order_by(InIndexOrder(F("name")))``."""

    # Django looks for the word of the direction in every order; here it stands in a comment only.
    template = "%(expression)s using ~<~ /* ASC */"
