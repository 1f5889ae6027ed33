"""What skills are called on a page: in its language where the list has it, else marked as English. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.core.plain_text import plain_name


@dataclass(frozen=True, slots=True)
class SkillName:
    """A name, and the language that it is in where that is not the page's."""

    text: str
    lang: Language | None = None


def skill_name(iri: str, label: str, taxonomy: Taxonomy | None, language: Language) -> SkillName:
    """The name of a skill for somebody who reads `language`.

    A name that is the list's own is said in the page's language, if the list has it so. Any other is a claim
    of the signer: it stays as it is, in a language that nobody told.
    """
    name = plain_name(label)
    if taxonomy is None or language is Language.EN or iri not in taxonomy.skills:
        return SkillName(name)
    if label.strip().casefold() != taxonomy.label(iri, Language.EN).casefold():
        return SkillName(name)
    if taxonomy.has_label(iri, language):
        return SkillName(taxonomy.label(iri, language))
    return SkillName(name, Language.EN)


@dataclass(frozen=True, slots=True)
class EnglishNames:
    """What a template asks about names; a reader aloud needs the language of each (WCAG 2.2, 3.1.2)."""

    taxonomy: Taxonomy
    language: Language
    shown: Collection[str] = ()
    """The skills on the page, by IRI."""

    def english(self, iri: str, label: str) -> bool:
        """The name stands here in English, for want of one in the language of the page."""
        if self.language is Language.EN or self.taxonomy.has_label(iri, self.language):
            return False
        return label == self.taxonomy.label(iri)

    @property
    def any_english(self) -> bool:
        return any(self.english(iri, self.taxonomy.label(iri)) for iri in self.shown)
