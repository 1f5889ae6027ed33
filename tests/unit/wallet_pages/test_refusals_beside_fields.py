"""What was typed wrong is told beside the field, which says so to a screen reader and has the focus (WCAG 3.3.1)."""

import re

import pytest

from tests.simulators.house import PASSPHRASE, House

_REFUSED = re.compile(r'<p class="notice notice-no" role="alert" id="refused">')
_WORK = "http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1"
_POINTED = re.compile(r'<input[^>]* type="(?:checkbox|radio)"[^>]* aria-describedby="refused" autofocus>')
_FIELD = re.compile(r"<(?:input|textarea|select)\b[^>]*aria-invalid[^>]*>")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("wallet"))
    made.made()
    made.one = made.take()
    return made


def one_refused_field(answer, field):
    """The one field that is marked is this one, it names the sentence, and the sentence stands just before it."""
    assert 400 <= answer.status_code < 500
    assert answer.text.count('role="alert"') - answer.text.count('role="alertdialog"') <= 1
    (said,) = _REFUSED.finditer(answer.text)
    (marked,) = _FIELD.finditer(answer.text)
    assert f' id="{field}"' in marked[0]
    described = re.search(r'aria-describedby="([^"]*)"', marked[0])[1].split()
    assert described[0] == "refused"
    assert all(f'id="{each}"' in answer.text for each in described)
    assert " autofocus" in marked[0]
    assert "<form" not in answer.text[said.end() : marked.start()]
    assert "<label" not in answer.text[said.end() : marked.start()]


@pytest.mark.parametrize(
    ("path", "fields", "field"),
    [
        ("/receive", {"text": ""}, "text"),
        ("/receive", {"text": "no credential"}, "text"),
        ("/issuers", {"address": "ftp://x"}, "address"),
        ("/platforms", {"address": "nowhere"}, "address"),
        ("/import", {"text": ""}, "files"),
        ("/backup", {"passphrase": "kort"}, "passphrase"),
        ("/backup", {"passphrase": PASSPHRASE, "with_seed": "yes", "current": "not this one"}, "current"),
        ("/trust", {"address": "ftp://x"}, "address"),
        ("/passphrase", {"passphrase": "kort", "old": PASSPHRASE}, "new"),
        ("/leaving/copy", {"passphrase": "kort"}, "seal"),
        ("/leaving/look", {"passphrase": PASSPHRASE}, "file"),
        ("/diplomas/maps", {}, "map"),
        ("/recovery", {"passphrase": "not this one"}, "passphrase"),
        ("/stored/everything", {"passphrase": "not this one", "sure": "yes"}, "passphrase"),
        ("/stored/journal", {"since": "2026-02-01", "until": "2026-01-01"}, "since"),
        ("/sets", {"address": "ftp://x"}, "address"),
        ("/diplomas/stack", {"address": "ftp://x"}, "address"),
        ("/match", {"address": "ftp://x"}, "address"),
        ("/match", {}, "profile"),
        ("/market", {}, "file"),
        ("/plan/catalogues", {}, "file"),
        ("/plan/catalogues", {"address": "ftp://x"}, "address"),
        ("/request", {"text": "no question"}, "text"),
        ("/intake/text", {"text": "a" * 20_001}, "text"),
        ("/intake/past", {"kind": "work", "occupation": _WORK, "since": "last year", "q": "weld"}, "since"),
        ("/intake/wishes", {"hours": "40", "travel": "far"}, "travel"),
        ("/intake/wishes", {"hours": "99"}, "hours"),
        ("/intake/wishes/attitude", {}, "promises"),
        ("/intake/advice", {"name": " ", "sees": "past"}, "name"),
    ],
)
def test_a_refusal_stands_beside_its_field(house, path, fields, field):
    one_refused_field(house.ask("POST", path, data=fields), field)


def test_so_it_does_where_files_are_sent_along(house):
    skill = "http://data.europa.eu/esco/skill/c8ac1986-38fa-43b2-89dc-50a4beeb420e"
    fields = {"skill": skill, "since": "2026-02-01", "until": "2026-01-01"}
    answer = house.ask("POST", "/claims", data=fields)
    one_refused_field(answer, "since")


def test_so_it_does_beside_a_file_and_beside_what_is_said_of_it(house):
    one_refused_field(house.ask("POST", "/diplomas", files={"file": ("a.pdf", b"no PDF")}), "file")
    answer = house.ask("POST", "/diplomas", files={"file": ("a.pdf", b"%PDF-1.4\n%%EOF")})
    one_refused_field(answer, "title")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/show", {}),
        ("/intake/wishes/motives", {}),
        ("/intake/advice", {"name": "an adviser"}),
        ("/intake/text", {"text": "I can weld", "keep": "yes"}),
    ],
)
def test_so_it_does_at_the_first_tick_of_a_choice(house, path, fields):
    answer = house.ask("POST", path, data=fields)
    assert 400 <= answer.status_code < 500
    (said,) = _REFUSED.finditer(answer.text)
    (pointed,) = _POINTED.finditer(answer.text)
    assert "<form" not in answer.text[said.end() : pointed.start()]
    assert not _FIELD.search(answer.text)


@pytest.mark.parametrize(
    ("path", "fields", "kept"),
    [
        ("/sets", {"address": "ftp://<x>"}, 'value="ftp://&lt;x&gt;"'),
        ("/match", {"address": "ftp://x"}, 'value="ftp://x"'),
        ("/request", {"text": "no </textarea> question"}, ">no &lt;/textarea&gt; question</textarea>"),
        ("/intake/wishes", {"hours": "40", "travel": "far", "note": "by bus"}, ">by bus</textarea>"),
        ("/intake/wishes", {"travel": "far", "time": "night", "note": ""}, 'value="night" checked'),
        ("/intake/advice", {"name": "an adviser", "organisation": "a desk"}, 'value="a desk"'),
        ("/intake/advice", {"name": "x", "minutes": "30"}, '<option value="30" selected>'),
    ],
)
def test_what_was_typed_comes_back(house, path, fields, kept):
    assert kept in house.ask("POST", path, data=fields).text


def test_a_passphrase_does_not_come_back(house):
    for path in ("/recovery", "/stored/everything", "/passphrase", "/backup"):
        fields = {"passphrase": "a secret", "old": "a secret", "current": "a secret", "sure": "yes"}
        assert "a secret" not in house.ask("POST", path, data=fields).text


def test_what_is_about_no_field_stands_on_top(house):
    answer = house.ask("POST", "/undo")
    assert answer.text.count('role="alert"') == 1
    assert not _REFUSED.search(answer.text)
    assert not _FIELD.search(answer.text)


def test_a_page_without_refusal_marks_nothing(house):
    for path in (
        "/receive",
        "/issuers",
        "/platforms",
        "/import",
        "/backup",
        "/passphrase",
        "/leaving",
        "/diplomas",
        "/show",
        "/sets",
        "/stored",
        "/intake/wishes",
        "/intake/advice",
        "/intake/skills?q=weld",
    ):
        page = house.ask("GET", path).text
        assert not _FIELD.search(page)
        assert not _POINTED.search(page)


def test_what_is_over_is_not_tried_again(house):
    """Its own sentence says what helps; a page that is not there leads nowhere either."""
    over = house.ask("GET", "/programs/asks/over")
    assert over.status_code in {404, 410}
    assert "try again" not in over.text
