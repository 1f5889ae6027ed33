"""The pages: pure, in two languages, and whatever a stranger signed stays plain text (A52)."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from string import Formatter

import pytest

from matching.bundle import load_bundle
from passport.answers import Reason
from passport.credentials import Form
from passport.errors import PassportError
from passport.json import dump
from passport.texts import Language
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World
from tests.simulators.wallets import Employer, Person, demand
from wallet import errors
from wallet.core.claiming.waiting import Waiting, WaitingState
from wallet.core.consent import consent
from wallet.core.merging import compare
from wallet.core.plain_text import shown_escaped
from wallet.core.profiles_kept import keep_profile
from wallet.core.requests import take_request
from wallet.core.shelf import kept
from wallet.core.skills import skill_evidence
from wallet.desk.progress import Step
from wallet.views import disclosing, door, function_profiles, leaving, match, offers, pages
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()
WELD = f"{ESCO}weld"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "<a href='https://evil.example'>klik</a>",
    "\u202etxt.exe",
    "'; DROP TABLE skills; --",
    "&lt;script&gt;",
    "<!--",
    "<base href=https://evil.example>",
    "<form action=https://evil.example>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
]


LATE = Waiting(
    id="1" * 32,
    name="Lassen",
    credential_issuer="https://school.example/o/school",
    types=("OpenBadgeCredential",),
    vct=None,
    form=Form.LDP_VC,
    holder="did:key:z6Mk",
    transaction_id="t",
    endpoint="https://school.example/deferred",
    notification_endpoint=None,
    access_token="secret",
    token_type="Bearer",
    refresh_token=None,
    token_endpoint="https://school.example/token",
    server="https://school.example",
    client_id="wallet",
    dpop=None,
    encrypt=False,
    since=NOW,
    ask_from=NOW,
)


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="/static/x.css")


def hostile_person(text):
    """Everything that a stranger can write says `text`."""
    world = World()
    school = Party.on_the_web(text, "school.example")
    world.publish(school.did_document())
    person = Person(world)
    person.trust((Party("X", school.signer, school.did), Recognition.EDUCATOR))
    person.take(
        school.issue(
            person.wallet.did,
            {WELD: text},
            kind="Diploma",
            genres=["examination"],
            activity_end=NOW,
            role=text,
            source={"id": "https://school.example/assessor", "name": text},
            achievement={"name": text, "description": text, "criteria": {"narrative": text}},
        )
    )
    return person, Employer(world, Party.on_the_web(text.replace("\u202e", ""), "employer.example"))


def all_pages(renderer, language, person, employer, text):
    wallet = person.wallet
    published = text.replace("\u202e", "")  # a profile with it is refused before it gets here
    asked = employer.request(
        [], profile=employer.profile([demand(WELD, published)], name={"nl": published, "en": published})
    )
    found = take_request(wallet, dump(asked), person.world.cache)
    (one,) = kept(wallet)
    (evidence,) = skill_evidence(wallet)
    yield pages.home(renderer, language, wallet)
    yield pages.credential(renderer, language, wallet, one)
    yield pages.skill(renderer, language, evidence)
    yield pages.assess(renderer, language, TAXONOMY, query=text[:80], ticked=[text], error=text)
    yield match.match(renderer, language, wallet, TAXONOMY, query=text[:80])
    yield match.match(renderer, language, wallet, TAXONOMY)
    yield match.occupation(renderer, language, wallet, TAXONOMY, TAXONOMY.occupations.iris[0])
    yield match.near(renderer, language, wallet, TAXONOMY, TAXONOMY.occupations.iris[0])
    yield match.skills(renderer, language, wallet, TAXONOMY)
    yield match.number(renderer, language, TAXONOMY)
    profile = keep_profile(
        wallet,
        dump(employer.profile([demand(WELD, published)], name={"nl": published, "en": published})),
        person.world.cache,
    )
    yield function_profiles.profiles(renderer, language, wallet, TAXONOMY, error=text)
    yield function_profiles.profile(renderer, language, wallet, TAXONOMY, profile.id)
    yield pages.show_journal(renderer, language, wallet)
    yield pages.backup(renderer, language, wallet, error=text)
    yield leaving.leaving(renderer, language, wallet, error=text)
    yield leaving.merging(renderer, language, wallet, wallet, found=compare(wallet, wallet), identifier=text)
    yield leaving.merged(renderer, language, wallet, compare(wallet, Person().wallet))
    yield leaving.recovery(renderer, language, wallet, error=text)
    yield leaving.recovery_check(renderer, language, (1, 9, 24), error=text)
    yield leaving.passphrase(renderer, language, forgotten=True, error=text)
    yield leaving.passphrase(renderer, language, forgotten=False, changed=True)
    yield leaving.stored(renderer, language, wallet, undo=True, error=text)
    yield leaving.gone(renderer, language)
    yield disclosing.show(renderer, language, wallet, error=text)
    for refused in ([], [WELD, one.id, text, f"{one.id} {text}", f"{one.id} /credentialSubject/id"]):
        agreed = consent(wallet, found, TAXONOMY, refused=refused)
        yield disclosing.consent(renderer, language, wallet, agreed, error=text)
    yield disclosing.shown(renderer, language, identifier="0" * 32, frames=3, host=text)
    yield door.receive(renderer, language, text=text, error=text, ask_code=True)
    look = offers.Look("school.example", text, True, "login.example", [(text, text)], text, 6, True)
    yield offers.offer(
        renderer, language, look, text=text, mark=text, did=wallet.did, error=text, changed=True
    )
    yield offers.issuer(renderer, language, address=text, error=text)
    yield offers.issuer(renderer, language, address=text, look=look, mark=text, did=wallet.did, ticked=[text])
    for step in Step:
        under = offers.Under("0" * 32, step, "school.example", 1, 2, "x.example", [text], [text])
        yield offers.taking(renderer, language, under, error=text)
    yield offers.signed_in(renderer, language, "0" * 32)
    late = [replace(LATE, name=text, state=state) for state in WaitingState]
    yield offers.waiting(renderer, language, late, now=NOW, error=text, signers=[(LATE.id, text)])
    for which in ("unlock", "create", "words", "opened", "token"):
        yield door.door(renderer, language, which, words=["abandon"] * 24, error="", rolled_back=True)


class Markup(HTMLParser):
    """What a browser would make of a page: its elements and attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def shape(page):
    """The elements of a page without what stands in them: the same whatever the names say."""
    return [
        (tag, sorted(name for name in attributes if name not in {"aria-current", "open"}))
        for tag, attributes in Markup(page.html).found
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_stranger_wrote_stays_text(renderer, text):
    plain = list(all_pages(renderer, Language.NL, *hostile_person("Lassen"), "zzzzzz"))
    pages_shown = list(all_pages(renderer, Language.NL, *hostile_person(text), text))
    for page, like in zip(pages_shown, plain, strict=True):
        assert page.status == 200
        if "/assess" not in page.html and 'role="search"' not in page.html:  # those list what a search finds
            assert shape(page) == shape(like)
        for tag, attributes in Markup(page.html).found:
            assert tag not in {"script", "iframe", "object", "embed", "base", "style"}
            assert not any(name.startswith("on") for name in attributes)
            assert "http-equiv" not in attributes
            for name in ("href", "src", "action", "formaction"):
                assert attributes.get(name, "/")[:1] in {"/", "?", "#"}


def test_every_page_says_everything_in_both_languages(renderer):
    person, employer = hostile_person("Lassen")
    codes = renderer.catalogues[0].codes(Language.NL)
    for language in Language:
        for page in all_pages(renderer, language, person, employer, "Lassen"):
            assert f'<html lang="{language}">' in page.html
            shown = set(re.findall(r">\s*([a-z]+(?:[-._][a-z_]+)+)\s*<", page.html))
            assert not shown & codes, shown
            assert not {
                code for code in shown if code.startswith(("evidence.", "policy.", "match.", "claim-"))
            }
        person, employer = hostile_person("Lassen")


def test_both_languages_have_the_same_sentences_with_the_same_values(renderer):
    own = renderer.catalogues[0]
    assert own.codes(Language.NL) == own.codes(Language.EN)
    for code in own.codes(Language.EN):
        fields = [
            {name for _, name, _, _ in Formatter().parse(own._sentences[language][code]) if name}
            for language in Language
        ]
        assert fields[0] == fields[1], code


def test_every_refusal_of_the_wallet_has_a_sentence_in_both_languages(renderer):
    kinds = [
        kind for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, PassportError) and kind.__module__ == "wallet.errors"
    ]  # fmt: skip
    assert len(kinds) > 40
    for kind in kinds:
        for language in Language:
            assert kind.code in renderer.catalogues[0].codes(language), kind
            assert renderer.error(kind(), language)


def test_a_refusal_with_a_cause_says_both(renderer):
    error = errors.CredentialNotGenuine()
    error.__cause__ = errors.TamperedVault()
    said = renderer.error(error, Language.EN)
    assert errors.CredentialNotGenuine.sentence in said
    assert errors.TamperedVault.sentence in said


def test_an_unknown_code_shows_as_itself(renderer):
    assert renderer.reason(Reason("no.such.code"), Language.NL) == "no.such.code"


def test_characters_that_turn_text_are_removed_from_names_and_shown_in_documents(renderer):
    person, _ = hostile_person("\u202etxt.exe\u2066")
    (one,) = kept(person.wallet)
    html = pages.credential(renderer, Language.NL, person.wallet, one).html
    assert "\u202e" not in html
    assert "\u2066" not in html
    assert "\\u202etxt.exe\\u2066" in html
    assert shown_escaped('"\U000e0001"') == '"\\udb40\\udc01"'
