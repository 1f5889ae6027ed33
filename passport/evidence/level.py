"""The outcome that a credential states: passed or not, and a rubric level by its number."""

from passport.credentials import Achievement, AchievementSubject, Alignment, Result
from passport.evidence.kinds import PASSED

_DIGITS = 3


def has_result(subject: AchievementSubject) -> bool:
    """An outcome is stated: a value, a level, or the word Completed."""
    return any(
        result.status in PASSED and (result.value or result.achieved_level or result.status)
        for result in subject.results
    )


def not_passed(subject: AchievementSubject) -> bool:
    """One of the results says failed, withdrawn, or not ready."""
    return any(result.status not in PASSED for result in subject.results)


def achieved_level(subject: AchievementSubject, skill: str) -> int | None:
    """The highest numbered rubric level for a skill among the passed results.

    Open Badges 3.0, B.1.20 to B.1.22. A result, or its description, that aligns to skills of its own speaks
    of those only.
    """
    levels = [
        _number(subject.achievement, result, skill) for result in subject.results if result.status in PASSED
    ]
    return max((level for level in levels if level is not None), default=None)


def _number(achievement: Achievement, result: Result, skill: str) -> int | None:
    for description in achievement.result_descriptions:
        for level in description.levels:
            if level.id == result.achieved_level and _speaks_of(
                skill, result.alignments or description.alignments
            ):
                return _read(level.level)
    return None


def _speaks_of(skill: str, alignments: tuple[Alignment, ...]) -> bool:
    return not alignments or any(alignment.target_url == skill for alignment in alignments)


def _read(level: str | None) -> int | None:
    if level is None or not level.isascii() or not level.isdigit() or len(level) > _DIGITS:
        return None
    return int(level)
