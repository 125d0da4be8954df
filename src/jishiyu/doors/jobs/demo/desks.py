"""Who sits at which desk in the demo, as posts that can act."""

from collections.abc import Iterable
from datetime import date

from jishiyu.doors.jobs.demo.posts import DemoPost
from jishiyu.offices.queries import post_by_code
from jishiyu.offices.rules import SCOPE_OF_ROLE, Post


class Desks:
    """Finds the post for a role in a sub-district or an agency. Call inside ``acting``."""

    def __init__(self, posts: Iterable[DemoPost], day: date) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        codes = []
        for post in posts:
            scope = SCOPE_OF_ROLE[post.role]
            place = post.area if scope == "sub_district" else post.agency if scope == "agency" else ""
            codes.append(post.username)
            self._codes.setdefault((post.role, place), post.username)
        self._posts = {code: post_by_code(code, day) for code in codes}

    def at(self, role: str, place: str = "") -> Post:
        """The post with this role in a sub-district or agency (by code), or the district's. Raises KeyError."""
        return self._posts[self._codes[role, place]]

    def for_turn(self, role: str, *, sub_district: str, agency: str) -> Post:
        """The post whose turn it is in a case of a sub-district under a lead agency."""
        for place in (sub_district, agency, ""):
            if (role, place) in self._codes:
                return self.at(role, place)
        raise KeyError(role)

    def by_code(self, code: str) -> Post:
        """The post with this code. Raises KeyError."""
        return self._posts[code]

    def experts(self) -> list[str]:
        """The codes of the experts' posts."""
        return sorted(code for code, post in self._posts.items() if post.role == "expert")
