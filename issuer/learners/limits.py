"""Limits of what a learner proves, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LearnerLimits:
    code_digits: int = 6
    """What a person types over from a mail."""
    code_lifetime: int = 600
    """Seconds that a code from a mail can be used."""
    code_tries: int = 5
    """Of a million codes; then the code is void and another must be asked for."""
    codes: int = 3
    """Codes that are asked for in one visit: the first, and two where a mail got lost."""
    codes_a_day: int = 10
    """Codes for one mailbox in a day, known or not: nobody's mailbox is flooded, and whoever guesses with all
    tries has a chance of 1 in 20,000 a day."""
    offers: int = 50
    """Open offers of one learner that a page lists: a year's modules."""


LEARNER = LearnerLimits()
