"""A52: markup in every text of a badge stays text, in pages, drawings and PDF files, also in a real browser.

The browser opens the saved files from disk, where no service's headers help: what holds is what is in the file.
"""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from passport.baking import credentials_in
from passport.json import parse_object
from passport.paper import SaveAs, save_as
from passport.texts import Language
from tests.simulators.badge_files import SUBJECT
from tests.simulators.browsing import browsing
from tests.simulators.forms import SchoolOfForms
from tests.simulators.parties import ESCO

PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<!--<script>window.hit=1",
    "</title><script>window.hit=1</script>",
    "</style><script>window.hit=1</script>",
    "\"><img src=x onerror='window.hit=1'>",
    "' onmouseover='window.hit=1",
    "<svg onload=window.hit=1>",
    "</text></svg><script>window.hit=1</script>",
    "]]><script>window.hit=1</script><![CDATA[",
    "</openbadges:credential><script>window.hit=1</script>",
    "<iframe src=javascript:window.hit=1>",
    "<a href='javascript:window.hit=1'>x</a>",
    "{{ 1234567 + 1 }}{% raw %}${1234567 + 1}",
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;&#60;script&#62;",
    "<meta http-equiv=refresh content='0;url=http://attacker.example/'>",
    "<base href=http://attacker.example/>",
    "<link rel=stylesheet href=http://attacker.example/>",
    "<form action=http://attacker.example/><input autofocus onfocus=window.hit=1>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hit=1>",
    ") /JS (app.alert(1)) /S /JavaScript (",
    "\\) Tj ET endstream endobj 1 0 obj",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[31mc\u2028d",
)
KINDS = (SaveAs.HTML, SaveAs.SVG)


def hostile(payload):
    """A badge with a payload in every text that is shown."""
    school = SchoolOfForms()
    unsigned = school.unsigned(
        SUBJECT,
        {f"{ESCO}1": payload, f"{ESCO}2": payload},
        issuer={"id": school.did, "name": payload},
        achievement={
            "name": payload,
            "description": payload,
            "criteria": {"narrative": payload},
            "achievementType": payload,
        },
        results=[{"value": payload, "status": "Completed"}],
        evidence=[{"genre": payload, "name": payload, "narrative": payload}],
        license_number=payload,
    )
    unsigned["credentialSubject"]["identifier"] = [
        {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": payload}
    ]
    unsigned["credentialSubject"]["achievement"]["alignment"][0]["targetFramework"] = payload
    return school.sign("ldp_vc", unsigned)


def made(kind, source, payload):
    return save_as(kind, source, Language.NL, name="x", holder=payload).data


@pytest.fixture(scope="module")
def files():
    sources = {payload: hostile(payload) for payload in PAYLOADS}
    return {
        payload: {"source": source} | {kind: made(kind, source, payload) for kind in KINDS}
        for payload, source in sources.items()
    }


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


PLAIN = {
    "bdi",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "header",
    "img",
    "li",
    "main",
    "p",
    "section",
    "span",
    "ul",
    "br",
}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_page_holds_no_element_of_the_payload(files, payload):
    page = files[payload][SaveAs.HTML].decode()
    head, _, body = page.partition("<body>")
    assert [tag for tag, _ in Elements(head).found] == [
        "html",
        "head",
        "meta",
        "meta",
        "meta",
        "meta",
        "title",
        "style",
        "script",
    ]
    for tag, attributes in Elements(body).found:
        assert tag in PLAIN
        assert attributes.keys() <= {"class", "src", "alt"}
        assert attributes.get("src", "data:image/").startswith("data:image/")
    assert "1234568" not in body
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\u2028]", body)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_drawing_holds_no_element_of_the_payload(files, payload):
    root = ET.fromstring(files[payload][SaveAs.SVG])
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "path", "circle", "g", "text", "credential"}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


@pytest.mark.parametrize("payload", [PAYLOADS[0], *PAYLOADS[-4:-1]])
def test_a_pdf_holds_no_action_of_the_payload(files, payload):
    source = files[payload]["source"]
    data = made(SaveAs.PDF, source, payload)
    assert not re.search(
        rb"/(?:JavaScript|JS|Launch|URI|SubmitForm|AA)\b", data.partition(b"/EmbeddedFile")[0]
    )
    document = pypdfium2.PdfDocument(data)
    assert "MICROCREDENTIAL" not in document[0].get_textpage().get_text_bounded()
    document.close()
    assert credentials_in(data)[0].source == source


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_file_still_carries_the_credential(files, payload, kind):
    (inside,) = credentials_in(files[payload][kind])
    assert parse_object(inside.source) == parse_object(files[payload]["source"])


def test_nothing_runs_and_nothing_is_fetched_when_a_browser_opens_them(files, tmp_path):
    asked = []
    with browsing() as browser:
        context = browser.new_context()
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail("a dialog was opened"))
        for number, each in enumerate(files.values()):
            for kind in (SaveAs.HTML, SaveAs.SVG):
                path = tmp_path / f"{number}.{kind}"
                path.write_bytes(each[kind])
                page.goto(path.as_uri())
                page.mouse.move(200, 200)
                assert page.evaluate("window.hit") is None
        context.close()
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


def test_the_corpus_is_written_as_it_is_meant(files):
    assert len(files) == len(PAYLOADS)
    assert json.loads(files[PAYLOADS[0]]["source"])["issuer"]["name"] == PAYLOADS[0]
