"""The limits of intake, named, with their reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    pasts: int = 60
    """Jobs and schools together: one a year of a long working life."""
    occupations: int = 4
    """Occupations that one job or school stands for."""
    title: int = 120
    """Characters of what somebody calls a job, a school or a vacancy."""
    first_year: int = 1930
    """No living worker started before."""
    skills: int = 1_000
    """Skills that somebody ticked or left out; as a long working life (`PROFILE.skills`)."""
    text: int = 20_000
    """Characters of free text or of a vacancy that are read: ten pages."""
    sentences: int = 200
    """Parts of a text that are searched, each for itself."""
    quote: int = 240
    """Characters of the sentence that is kept beside a skill, to show where it came from."""
    offered: int = 60
    """Skills that one text is offered at most: nobody ticks a longer list with care."""
    vacancies: int = 100
    """Vacancies that are kept at once."""
    advice: int = 300
    """Visits of advisers and their proposals, together."""
    looks: int = 500
    """Lines in the log of one visit: a busy talk has fifty."""
    note: int = 2_000
    """Characters of a wish in own words: one page."""


INTAKE = IntakeLimits()
