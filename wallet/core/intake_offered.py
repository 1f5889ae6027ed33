"""What was ticked of a text: only what the text itself offers, each with the sentence it was found in."""

from collections.abc import Iterable

from matching.intake.free_text import read_text
from matching.taxonomy.compact import Taxonomy
from wallet.core.intake_skills import Ticked


def ticked_of(text: str, skills: Iterable[str], taxonomy: Taxonomy) -> tuple[Ticked, ...]:
    """The text is read again, since a form or a program can say anything; what it does not offer is left out.

    Raises FreeTextTooLong.
    """
    quotes = {one.skill: one.quote for one in read_text(text, taxonomy)}
    return tuple(Ticked(each, quotes[each]) for each in skills if each in quotes)
