"""A diploma whose code or title is a Dutch vocational qualification suggests work; the person chooses."""

import pytest

from matching.bundle import load_bundle
from passport.texts import Language
from wallet.core.deriving import Ground
from wallet.core.qualified_work import qualification_of, suggested_work
from wallet.views import diplomas
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()


def ground(title="Diploma", *names):
    return Ground("urn:uuid:0", title, "A school", None, "u", "application/pdf", None, names, ())


@pytest.mark.parametrize(
    ("names", "title"), [(("25287",), ""), ((), "allround LASSER"), (("x", " 25287 "), "Something else")]
)
def test_a_code_or_the_very_title_names_the_qualification(names, title):
    assert qualification_of(names, title).crebo == "25287"
    assert suggested_work(names, title, TAXONOMY, language="nl")[0].label == "lasser"


def test_another_title_names_none():
    assert qualification_of(("http://example.org/25287",), "Diploma") is None
    assert suggested_work((), "Diploma", TAXONOMY, language="nl") == ()


@pytest.mark.parametrize("language", Language)
def test_the_page_of_the_diploma_shows_them_with_how_well_they_fit(language):
    renderer = Renderer(stylesheet="/static/x.css")
    subject = diplomas.Subject(ground("Diploma", "25287"), diplomas.Asked(), "/diplomas/1")
    page = diplomas.diploma(renderer, language, subject, (), TAXONOMY).html
    assert {"nl": "bijna hetzelfde", "en": "nearly the same"}[language] in page
    chosen = diplomas.Subject(ground("Diploma", "25287"), diplomas.Asked(query="lasser"), "/diplomas/1")
    assert "bijna hetzelfde" not in diplomas.diploma(renderer, Language.NL, chosen, (), TAXONOMY).html
