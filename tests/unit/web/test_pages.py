"""Pages: escaped, in two languages, without scripts; strength and answers by shape, word and colour."""

import asyncio
import re
from datetime import UTC, datetime
from importlib.resources import files
from unicodedata import normalize

import pytest
from jinja2 import Environment, PackageLoader, UndefinedError
from markupsafe import Markup

from passport.dids import host_of
from passport.errors.web import CrossOrigin
from passport.texts import Catalogue, Language
from passport.texts.unseen import seen_on_a_page
from passport.web import Pages, WebSettings, create_app
from passport.web.forms import sent_by_our_page
from passport.web.static import stylesheet, stylesheet_path
from tests.simulators.asgi import asked
from tests.simulators.markup import without_our_script
from wallet.views.rendering import Renderer

XSS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "{{ 7*7 }}",
    "javascript:alert(1)", "</title><script>", "<svg/onload=alert(1)>", "&lt;script&gt;", "\u202ekcatta", "{% raw %}",
]  # fmt: skip


@pytest.mark.parametrize("text", XSS)
def test_what_a_stranger_wrote_is_text_on_a_page(text):
    page = Pages().render("problem.html", Language.EN, sentence=text, problem_status=400, request_id=text)
    assert "<script" not in without_our_script(page)
    shown = page[page.index("<main") : page.index("</main>")]
    assert "<img" not in shown
    assert "<svg" not in shown
    assert "onmouseover='" not in shown
    assert "49" not in shown


TURNING = ["\u202e", "\u2067", "\u200f", "\u061c", "\u2028", "\x1b[31m", "\x00", "\x9b", "\r"]


@pytest.mark.parametrize("mark", TURNING)
def test_a_strangers_text_neither_turns_nor_hides_the_words_beside_it(mark):
    """A30: "calls itself X; not on your trust lists" is read in that order, whatever X is."""
    name = f"De School{mark}"
    values = {"sentence": name, "problem_status": 400, "request_id": name}
    ours = Pages().render("problem.html", Language.EN, **values)
    wallets = Renderer(stylesheet="").page("problem.html", Language.EN, **values).html
    for page in (ours, wallets):
        assert mark[0] not in page
        assert "De School\ufffd" in page


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u034f", "\u3164", "\u200d", "\U000e0041"]
)
def test_a_name_with_a_letter_without_width_does_not_pass_for_the_name_without(mark):
    """A30: in the title of a badge, in a name of an issuer."""
    values = {"sentence": f"De Sch{mark}ool", "problem_status": 400, "request_id": ""}
    for page in (
        Pages().render("problem.html", Language.EN, **values),
        Renderer(stylesheet="").page("problem.html", Language.EN, **values).html,
    ):
        assert "De Sch\ufffdool" in page
    assert seen_on_a_page(f"De Sch{mark}ool") == "De Sch\ufffdool"


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d🔬 bakt", "क्\u200dष", "café"])
def test_joiners_stay_where_they_shape_letters_and_pictures(text):
    assert seen_on_a_page(text) == text


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("www.belastingdienst.nl." + "a" * 63 + ".evil.example", "evil.example"),
        ("login.school.example:8443", "school.example:8443"),
        ("belastingdienst.nl.evil.co.uk", "evil.co.uk"),
        ("a.b.kvk.nl", "b.kvk.nl"),
        ("school.example", "school.example"),
        ("a.127.0.0.1:8100", "a.127.0.0.1:8100"),
        ("localhost:8100", "localhost:8100"),
        ("did:key:z6Mk", "did:key:z6Mk"),
        ("", ""),
    ],
)
def test_a30_of_a_host_the_end_stands_out_and_stays_whole(name, whose):
    environment = Environment(loader=PackageLoader("passport.web", "templates"), autoescape=True)
    shown = environment.from_string('{% import "marks.html" as marks %}{{ marks.host(name) }}').render(
        name=name
    )
    assert re.findall("<strong[^>]*>(.*?)</strong>", shown) == [whose]
    assert re.sub("<[^>]*>", "", shown) == name


def test_a30_marks_that_pile_up_over_the_lines_around_are_cut():
    assert seen_on_a_page("Sch" + "o\u0336\u0337\u0338\u20e0" + "\u0338" * 300 + "ol") == (
        "Scho\u0336\u0337\u0338\u20e0\ufffdol"
    )
    assert seen_on_a_page("\u20e3" * 99) == "\u20e3" * 4 + "\ufffd"


@pytest.mark.parametrize("text", ["Việt Nam", "שָׁלוֹם", "ที่นี่", "مُحَمَّدٌ", "हिन्दी", "བསྒྲུབས", "Ǟ", "❤️ 1️⃣ 🏴"])
def test_letters_of_every_language_keep_their_marks(text):
    for form in ("NFC", "NFD"):
        assert seen_on_a_page(normalize(form, text)) == normalize(form, text)


def test_lines_and_our_own_markup_stay_as_they_are():
    assert seen_on_a_page("a\r\nb\tc\nd") == "a\nb\tc\nd"
    assert seen_on_a_page(Markup("<b>\u200e</b>")) == "<b>\u200e</b>"


def test_a_value_that_is_missing_breaks_the_page_and_not_the_meaning():
    with pytest.raises(UndefinedError):
        Pages().render("problem.html", Language.EN)


def test_marks_say_it_by_shape_word_and_colour():
    environment = Environment(loader=PackageLoader("passport.web", "templates"), autoescape=True)
    template = environment.from_string(
        '{% import "marks.html" as marks with context %}'
        "{% for s in ['soft', 'semi-hard', 'hard'] %}{{ marks.strength(s) }}{% endfor %}"
        "{% for a in ['yes', 'no', 'cannot-tell'] %}{{ marks.answer(a) }}{% endfor %}"
    )
    for language, words in (
        (Language.EN, "Soft Semi-hard Hard Yes No Cannot tell"),
        (Language.NL, "Zacht Semi-hard Hard Ja Nee Niet te zeggen"),
    ):
        page = template.render(t=lambda code, language=language: Pages().say(code, language))
        assert re.sub(r"<[^>]+>", " ", page).split() == words.split()
        drawn = re.findall(r'<svg class="shape.*?</svg>', page)
        assert len(set(drawn)) == 6
        assert all('aria-hidden="true"' in each for each in drawn)
    css = stylesheet().decode()
    for name in (
        "strength-soft",
        "strength-semi-hard",
        "strength-hard",
        "answer-yes",
        "answer-no",
        "answer-cannot-tell",
    ):
        assert f".{name}" in css


def test_the_sheet_is_ours_alone_and_serves_dark_print_and_focus():
    css = stylesheet().decode()
    assert "http" not in css
    assert "url(" not in css
    assert "@import" not in css
    for need in (
        "prefers-color-scheme: dark",
        "@media print",
        ":focus-visible",
        "prefers-contrast",
        "--touch: 3rem",
        "forced-colors: active",
        "prefers-reduced-motion: reduce",
    ):
        assert need in css


def test_the_stylesheet_is_served_for_ever_under_its_digest():
    app = create_app(title="t", version="1", settings=WebSettings("http://localhost"))
    answer = asked(app, "GET", stylesheet_path())
    assert answer.content == stylesheet()
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("package", ["passport.web.texts", "verifier.texts"])
def test_both_languages_say_the_same_things(package):
    catalogue = Catalogue(files(package))
    assert catalogue.codes(Language.EN) == catalogue.codes(Language.NL)
    for code in catalogue.codes(Language.EN):
        fields = [
            set(re.findall(r"{(\w+)}", catalogue.say(code, language, _Same()))) for language in Language
        ]
        assert fields[0] == fields[1], code


class _Same(dict):
    """Every value shows as its own field."""

    def __getitem__(self, key):
        return f"{{{key}}}"

    def keys(self):
        return ["name", "count", "version", "minutes", "number", "days", "publisher", "when", "id"]


def test_dates_are_written_out_in_the_language():
    environment = {"sentence": "", "problem_status": 1, "request_id": ""}
    page = Pages().render("problem.html", Language.NL, **environment)
    assert 'lang="nl"' in page
    from passport.texts.days import day_in_words as _day

    moment = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    assert _day(moment, Language.NL) == "1 maart 2026"
    assert _day("2026-03-01T00:00:00Z", Language.EN) == "1 March 2026"


@pytest.mark.parametrize(
    ("did", "shown"),
    [
        ("did:web:school.example", "school.example"),
        ("did:web:localhost%3A8101:o:school", "localhost:8101"),
        ("did:web:xn--bcher-kva.example:o:x", "xn--bcher-kva.example"),
        ("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "did:key:z6MkhaXg…ta2doK"),
    ],
)
def test_a_did_is_shown_by_the_host_that_holds_it(did, shown):
    assert host_of(did) == shown


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"origin": "https://s.example", "host": "s.example"}, True),
        ({"sec-fetch-site": "same-origin", "host": "s.example"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://s.example:1", "host": "s.example:1"}, True),
        ({"host": "s.example"}, False),
        ({"origin": "null", "host": "s.example"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "null", "host": "s.example"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "null", "host": "s.example"}, False),
        ({"origin": "https://evil.example", "host": "s.example"}, False),
        ({"origin": "http://[", "host": "s.example"}, False),
        ({"origin": "http://[::1", "host": "s.example"}, False),
        ({"origin": "https://s.example:2", "host": "s.example"}, False),
        ({"sec-fetch-site": "same-site", "origin": "https://s.example", "host": "s.example"}, False),
        ({"sec-fetch-site": "cross-site", "host": "s.example"}, False),
        ({"sec-fetch-site": "none", "host": "s.example"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example", "host": "s.example"}, False),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(headers, passes):
    from fastapi import Request

    request = Request({"type": "http", "headers": [(k.encode(), v.encode()) for k, v in headers.items()]})
    if passes:
        asyncio.run(sent_by_our_page(request))
    else:
        with pytest.raises(CrossOrigin):
            asyncio.run(sent_by_our_page(request))
