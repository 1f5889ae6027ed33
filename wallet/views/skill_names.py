"""What skills are called on a page: in its language where the list has it, else marked as English. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from matching.called import SkillName, called
from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.core.plain_text import plain_name


def skill_name(iri: str, label: str, taxonomy: Taxonomy | None, language: Language) -> SkillName:
    """As `matching.called`; a name that a stranger wrote is no longer than a line."""
    name = plain_name(label)
    return SkillName(name) if taxonomy is None else called(iri, name, taxonomy, language)


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
