"""The learning route of a skill: at school, in a course, or by doing. It stands in a badge as a tag."""

from collections.abc import Iterable
from enum import StrEnum

_TAG = "learning-route:"


class LearningRoute(StrEnum):
    """How somebody learned it (Council Recommendation 2012/C 398/01). It says nothing of how well."""

    FORMAL = "formal"
    NON_FORMAL = "non-formal"
    INFORMAL = "informal"

    @property
    def tag(self) -> str:
        """`Achievement.tag` (Open Badges 3.0, section B.1.1)."""
        return _TAG + self


def learning_route(tags: Iterable[str]) -> LearningRoute | None:
    """The route that an achievement's tags name; none where they name several."""
    found = {route for route in LearningRoute if route.tag in set(tags)}
    return found.pop() if len(found) == 1 else None
