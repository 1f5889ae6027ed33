"""What skills are called by the list of skills that comes with the product; for pages of a service."""

from matching.bundle import load_bundle
from matching.called import SkillName, called
from passport.texts import Language


def skill_called(iri: str, label: str, language: str) -> SkillName:
    """As `called`, by the list that is in use."""
    return called(iri, label, load_bundle(), Language(language))
