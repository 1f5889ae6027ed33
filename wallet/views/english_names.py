"""Names of skills that are there in English only: marked as such on a page, and explained once. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from matching.taxonomy.compact import Taxonomy
from passport.texts import Language


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
