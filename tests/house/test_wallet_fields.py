"""Each form of the wallet with a field that a person types in says beside that field what was refused."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "wallet" / "views" / "templates"
_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
_FIELD = re.compile(r"<(?:textarea\b|input\b(?![^>]*type=\"(?:hidden|checkbox|radio)\"))[^>]*>")
_ON_TOP = re.compile(r'\{% if error %\}<p class="notice[^"]*" role="alert">')

WITHOUT = {
    "credential.html": "the name on a paper is cut at its length and never refused; a paper refused is a page of its own",
}
ON_TOP = {
    "ask-look.html": "nothing is typed: what was looked at changed, or the organisation is away",
    "checkup.html": "only a number of days out of a list: no hand on the page can choose another",
    "consent.html": "what is refused is the whole question, or it changed meanwhile",
    "import-found.html": "only ticks, and what is refused is what lies in the files",
    "program-ask.html": "only ticks, and what is refused is the program's question",
    "programs.html": "only buttons",
    "shared.html": "only buttons: the place of a link is away, or the link is gone",
    "assess-list.html": "only levels out of a list, each of which may be left out",
    "assess-next.html": "only levels out of a list, each of which may be left out",
    "taking.html": "only buttons: an issuer refused or is away",
    "taxonomy.html": "only buttons",
    "vp-consent.html": "only choices, and what is refused is the whole question",
    "waiting.html": "only buttons: an issuer refused or is away",
}
"""Pages that say a refusal on top of the page, and why."""


def templates():
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))}


def typed_in(template):
    return any(_FIELD.search(form[0]) for form in _FORM.finditer(template))


def test_templates_are_found():
    assert sum(map(typed_in, templates().values())) > 20


@pytest.mark.parametrize("name", [name for name, text in templates().items() if typed_in(text)])
def test_a_form_with_a_field_says_refusals_beside_it(name):
    text = templates()[name]
    if name in WITHOUT:
        assert "error" not in text
        return
    assert "fields.on_top(" in text or 'fields.beside(error, "*")' in text or 'fields.beside("" if' in text
    assert "fields.mark(" in text or "fields.point(" in text
    assert not _ON_TOP.search(text)


def test_who_says_it_on_top_is_named_with_a_reason():
    found = {name for name, text in templates().items() if _ON_TOP.search(text)}
    assert found == set(ON_TOP)


def test_the_list_names_no_page_that_is_gone():
    assert set(WITHOUT) | set(ON_TOP) <= set(templates())


@pytest.mark.parametrize("name", [name for name, text in templates().items() if "<textarea" in text])
def test_no_text_area_takes_more_than_its_page_could(name):
    """A browser is half a minute at laying out 20 MB that was pasted, before anybody can refuse it."""
    for area in re.findall(r"<textarea\b[^>]*>", templates()[name]):
        assert "maxlength=" in area or "readonly" in area
