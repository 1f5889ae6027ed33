"""The pages of claims and requests: in two languages, and whatever anybody wrote in them stays text (A52)."""

import re

import pytest

from matching.bundle import load_bundle
from passport.json import dump
from passport.texts import Language
from passport.trust import Recognition
from tests.simulators.chains import unsigned_confirmation
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from tests.unit.wallet.test_views import HOSTILE, Markup, shape
from wallet.core import asked, claims_made
from wallet.core.asking import Draft, Organisation, Sought, approve, look
from wallet.core.claims_made import ClaimDraft, claim_made, make_claim, withdraw_claim
from wallet.core.endorsements import endorsements, examine_endorsement, keep_endorsements
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.learning_route import LearningRoute
from wallet.core.withdrawing import withdrawing
from wallet.views import claims, door, requests
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="/static/x.css")


def hostile_person(text):
    """A wallet in which everything that a person or a stranger can write says `text`."""
    person = Person()
    wallet, yard = person.wallet, Party(text)
    person.trust((Party("X", yard.signer, yard.did), Recognition.EMPLOYER))  # lists have plain names
    files = (own_file(wallet.random, f"{text}.csv", b"week,hours\n"),)
    draft = ClaimDraft(
        SKILLS,
        title=text,
        words=text,
        role=text,
        place=text,
        since=NOW,
        until=NOW,
        route=LearningRoute.INFORMAL,
        files=files,
    )
    made = make_claim(wallet, draft, TAXONOMY, language="en")
    gone = make_claim(wallet, ClaimDraft(SKILLS[:1], title=text), TAXONOMY, language="en")
    withdraw_claim(wallet, gone.id)
    document = unsigned_confirmation(yard, made.report.parsed.document, SKILLS[0])
    document["credentialSubject"]["endorsementComment"] = text
    document["evidence"][0] |= {"name": text, "narrative": text}
    confirmed = examine_endorsement(dump(yard.sign(document)), person.world.cache, wallet)
    keep_endorsements(wallet, [confirmed], host="yard.example")
    return person, made, gone, confirmed


def told(text):
    return asked.read_progress(
        {
            "state": "recognised",
            "phase": "aftercare",
            "deadline": "2026-12-01T00:00:00Z",
            "appealUntil": "2026-12-01T00:00:00Z",
            "offer": "openid-credential-offer://?x=1",
            "reason": text,
            "history": [{"at": "2026-11-01T00:00:00Z", "move": "accept", "note": text}, {"move": text}],
            "skills": [
                {"name": text, "outcome": "recognised", "reason": text},
                {"name": text, "outcome": text, "reason": text},
            ],
        }
    )


def all_pages(renderer, language, text):
    person, made, gone, confirmed = hostile_person(text)
    wallet = person.wallet
    yield claims.claims(renderer, language, wallet)
    yield claims.claim(renderer, language, wallet, claim_made(wallet, made.id))
    yield claims.claim(renderer, language, wallet, claim_made(wallet, gone.id))
    yield claims.choose(renderer, language, TAXONOMY, query="zzzzzz", ticked=[*SKILLS, text])
    said = claims.Said(text, text, text, text, text, text, text)
    yield claims.describe(renderer, language, TAXONOMY, [*SKILLS, text], said=said, error=text)
    yield claims.withdraw(renderer, language, wallet, withdrawing(wallet, made.id))
    yield door.received(
        renderer, language, [], did=wallet.did, files=0, evidence=None, endorsements=[confirmed]
    )
    organisation = Organisation("https://yard.example/o/yard", "did:web:yard.example:o:yard", text)
    files = tuple(resource.id for resource in made.report.parsed.related_resources)
    for sought in Sought:
        chosen = requests.Chosen(text, text, (made.id,), SKILLS, (confirmed.id,), (), files, text, text, text)
        yield requests.ask(renderer, language, wallet, sought, chosen, error=text)
        draft = Draft(
            sought,
            organisation,
            (made.id,),
            endorsements=(confirmed.id,),
            files=files,
            message=text,
            name=text,
            supervisor=text,
        )
        leaving = look(wallet, draft)
        yield requests.look(renderer, language, wallet, leaving, chosen, error=text)
        sent = approve(wallet, draft, mark=leaving.mark, challenge="a-challenge-of-the-yard")
        one = asked.one_asked(wallet, sent.id)
        for changes in (
            {"state": asked.AskedState.REFUSED, "said": text},
            {
                "state": asked.AskedState.SENT,
                "place": "https://yard.example/o/yard/validations/1",
                "progress": told(text),
                "received": (confirmed.id, made.id),
            },
        ):
            one = asked.keep_asked(wallet, one, **changes)
            yield requests.one_asked(renderer, language, wallet, one, fresh=1, ask_code=True, error=text)
    yield requests.asked(renderer, language, wallet)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_anybody_wrote_stays_text(renderer, text):
    plain = list(all_pages(renderer, Language.NL, "Lassen"))
    shown = list(all_pages(renderer, Language.NL, text))
    for page, like in zip(shown, plain, strict=True):
        assert page.status == 200
        assert shape(page) == shape(like)
        for tag, attributes in Markup(page.html).found:
            assert tag not in {"script", "iframe", "object", "embed", "base", "style"}
            assert not any(name.startswith("on") for name in attributes)
            for name in ("href", "src", "action", "formaction"):
                assert attributes.get(name, "/")[:1] in {"/", "?", "#"}


@pytest.mark.parametrize("language", Language)
def test_every_page_says_everything(renderer, language):
    codes = renderer.catalogues[0].codes(language)
    for page in all_pages(renderer, language, "Lassen"):
        assert f'<html lang="{language}">' in page.html
        shown = set(re.findall(r">\s*([a-z]+(?:[-._][a-z_]+)+)\s*<", page.html))
        assert not shown & codes, shown


def test_words_of_the_protocol_all_have_a_sentence(renderer):
    codes = renderer.catalogues[0].codes(Language.EN)
    wanted = {f"phase-{each}" for each in (*requests.PHASES, "unknown")}
    wanted |= {f"state-{each}" for each in (*requests.STATES, "unknown")}
    wanted |= {f"step-{each}" for each in (*requests.STEPS, "other")}
    wanted |= {f"outcome-{each}" for each in (*requests.OUTCOMES, "other")}
    wanted |= {f"route-{each}" for each in LearningRoute}
    assert wanted <= codes
    told = {code for code in codes if code.startswith(("phase-", "state-", "step-", "outcome-"))}
    assert told <= wanted


def test_the_words_are_those_of_the_services():
    """The wallet may not import them, and must know them all."""
    from issuer.confirmations.content import Word
    from issuer.confirmations.records import ConfirmationState
    from issuer.validation.phases import Phase
    from issuer.validation.records import Outcome

    assert {str(each) for each in Phase} <= requests.PHASES
    assert {str(each) for each in ConfirmationState} <= requests.STATES
    assert {str(each) for each in (*Outcome, *Word)} <= requests.OUTCOMES


def test_what_the_page_says_of_a_claim(renderer):
    person, made, _, _ = hostile_person("Lassen")
    html = claims.claim(renderer, Language.NL, person.wallet, claim_made(person.wallet, made.id)).html
    assert "u zegt het → bevestigd door" in re.sub(r"\s+", " ", html)
    assert "strength-semi-hard" in html
    assert "strength-soft" in html
    assert len(endorsements(person.wallet)) == 1
    assert len(claims_made.claims_made(person.wallet)) == 2


def test_the_page_of_a_claim_draws_what_the_proof_of_each_skill_stands_on(renderer):
    person, made, gone, _ = hostile_person("Hulls")
    html = claims.claim(renderer, Language.EN, person.wallet, claim_made(person.wallet, made.id)).html
    drawn = html.partition("What the proof stands on")[2].partition("Who confirmed it")[0]
    assert drawn.count('role="img"') == len(SKILLS)
    assert "Confirmation" in drawn
    withdrawn = claims.claim(renderer, Language.EN, person.wallet, claim_made(person.wallet, gone.id)).html
    assert 'role="img"' not in withdrawn
