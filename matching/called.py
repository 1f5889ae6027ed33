"""What a skill is called for a reader: in their language where its list can, else marked as another. Pure."""

from dataclasses import dataclass

from matching.taxonomy.compact import Taxonomy
from passport.texts import Language


@dataclass(frozen=True, slots=True)
class SkillName:
    """A name, and the language that it is in where that is not the page's (WCAG 2.2, 3.1.2)."""

    text: str
    lang: Language | None = None


def called(iri: str, label: str, taxonomy: Taxonomy, language: Language) -> SkillName:
    """The name of a skill for somebody who reads `language`.

    A name that is the list's own is said in the reader's language, if the list has it. Any other is a claim
    of the signer: it stays as it is, in a language that nobody told.
    """
    if iri not in taxonomy.skills:
        return SkillName(label)
    own = {each: taxonomy.label(iri, each) for each in Language if taxonomy.has_label(iri, each)}
    said = label.strip().casefold()
    found = next((each for each, name in own.items() if name.casefold() == said), None)
    if found is None or found is language:
        return SkillName(label)
    return SkillName(own[language]) if language in own else SkillName(label, found)
