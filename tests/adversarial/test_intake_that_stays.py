"""What somebody did, answered, wants and was advised leaves by no way of showing a credential: bytes searched.

The person's own readable copy and backup hold all of it: those are theirs, and go to nobody.
"""

import base64
import json
import re
from urllib.parse import parse_qs, unquote

import pytest

from matching.bundle import load_bundle
from matching.intake.as_skills import AS_SKILLS
from matching.intake.assessment import SHORT_FORM
from passport.json import dump
from passport.qr_text import pack
from passport.share_link import open_shared, read_envelope
from passport.share_link.sealing import TYPE
from tests.simulators.parties import ESCO, NOW, Party, World
from tests.simulators.vp_answering import Asked, welding
from tests.simulators.wallets import Employer, Person, demand
from wallet.core.advice import Sees, let_in, propose
from wallet.core.answering import approve
from wallet.core.claims_made import ClaimDraft, make_claim
from wallet.core.intake_answers import keep_answers
from wallet.core.intake_pasts import PastDraft, PastKind, keep_past
from wallet.core.intake_skills import CameFrom, Ticked, keep_skills
from wallet.core.intake_sources import from_intake
from wallet.core.intake_vacancies import keep_vacancy
from wallet.core.intake_wishes import keep_attitude, keep_motives, keep_wishes
from wallet.core.leaving.readable import gather
from wallet.core.present import show
from wallet.core.requests import take_request
from wallet.core.sharing import look_at, prepare
from wallet.core.wallet import Kind

TAXONOMY = load_bundle()
WELD = f"{ESCO}weld"
WORK = "http://data.europa.eu/esco/occupation/1aadb308-432a-4d01-b54b-b4f7f76dd419"  # baker
TICKED, ASKED, ADVISED = TAXONOMY.skills.iris[3], TAXONOMY.skills.iris[5], TAXONOMY.skills.iris[7]
WORDS = {
    "title": "bakkerij op de hoek",
    "quote": "ik bak elke ochtend brood",
    "note": "liever geen nachtdienst meer",
    "vacancy": "vacature bij de fabriek",
    "adviser": "adviseur van het loopbaanhuis",
    "advice": "leer eerst plannen",
}


def fill(wallet):
    """Something in every part of the intake."""
    keep_past(wallet, PastDraft(PastKind.WORK, (WORK,), "2001", "2009", WORDS["title"]), TAXONOMY)
    ticked = [Ticked(TICKED, WORDS["quote"])]
    keep_skills(wallet, ticked, TAXONOMY, level=4, came_from=CameFrom.TEXT)
    keep_answers(wallet, {**dict.fromkeys(SHORT_FORM, 2), "2.C.4.c": 5})
    keep_motives(wallet, ("calm", "outside"))
    keep_attitude(wallet, {"criticism": 1})
    keep_wishes(wallet, hours=24, travel=45, times=("day",), note=WORDS["note"])
    keep_vacancy(wallet, "tekst", [Ticked(ASKED, WORDS["quote"])], TAXONOMY, title=WORDS["vacancy"])
    visit = let_in(wallet, name=WORDS["adviser"], sees=[Sees.MOTIVES], proposes=True, minutes=60)
    propose(wallet, visit.id, TAXONOMY, skill=ADVISED, words=WORDS["advice"])


def secrets_of(wallet):
    """Every word and every skill that the intake tells of, and nothing that a credential names."""
    skills = {one.skill for one in from_intake(wallet)}
    assert {TICKED, AS_SKILLS["2.C.4.c"]} < skills
    assert len(skills) > 50
    return {*WORDS.values(), *skills, WORK, ASKED, ADVISED, "2.C.4.c", "criticism", "outside"}


def everything_in(data):
    """The bytes, and whatever is packed in them as base64url or percent-encoded, over and over."""
    seen, todo = [], [data]
    while todo:
        text = todo.pop().decode("utf-8", "replace")
        seen.append(text)
        for word in re.findall(r"[A-Za-z0-9_-]{24,}", text):
            whole = word[: len(word) - (len(word) % 4 == 1)]
            inner = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4))
            if inner.isascii() and inner.decode("ascii").isprintable():
                todo.append(inner)
        if "%" in text and (plain := unquote(text)) != text:
            todo.append(plain.encode("utf-8"))
    return "\n".join(seen)


def check(wallet, *leaving):
    assert all(leaving)
    told = "\n".join(map(everything_in, leaving))
    assert wallet.did in told
    assert not {secret for secret in secrets_of(wallet) if secret in told}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def person(world):
    school = Party.on_the_web("De Vakschool", "school.example")
    world.publish(school.did_document())
    made = Person(world)
    made.take(school.issue(made.wallet.did, [WELD], kind="Diploma", genres=["examination"], activity_end=NOW))
    fill(made.wallet)
    return made


def credentials(wallet):
    return list(wallet.vault.of_kind(Kind.CREDENTIAL))


def test_a_presentation_at_a_counter_and_its_pictures_tell_nothing_of_it(person):
    shown = show(person.wallet, credentials(person.wallet))
    check(person.wallet, shown)
    assert pack(shown)


def test_a_link_holds_nothing_of_it_sealed_or_opened(person):
    wallet = person.wallet
    upload = prepare(wallet, look_at(wallet, credentials(wallet)), host="https://links.example")
    sent = json.loads(upload.body)
    sealed = dump({"type": TYPE} | {name: sent[name] for name in ("id", "until", "sealed")})
    opened = open_shared(read_envelope(sealed), upload.shared.link, wallet.now())
    check(wallet, opened)
    assert not {secret for secret in secrets_of(wallet) if secret in upload.body.decode()}


def test_an_answer_to_an_employer_who_asks_for_those_very_skills_tells_nothing_of_it(person, world):
    """Attack: a profile that demands what the intake tells of, to learn who says so."""
    chemistry = AS_SKILLS["2.C.4.c"]
    document = Employer(world).request([demand(WELD), demand(TICKED), demand(chemistry), demand(ADVISED)])
    found = take_request(person.wallet, dump(document), world.cache)
    answer = approve(person.wallet, found.id, world.cache, TAXONOMY)
    check(person.wallet, answer.presentation)
    asked = json.dumps(answer.submission)
    assert not {secret for secret in WORDS.values() if secret in asked}


@pytest.mark.parametrize("form", ["dc+sd-jwt", "ldp_vc", "jwt_vc_json"])
def test_an_answer_by_openid4vp_tells_nothing_of_it(form):
    asked = Asked(form)
    fill(asked.wallet)
    found = asked.ask(welding(form))
    answer = asked.approve(found)
    token = json.dumps(parse_qs(answer.body.decode()))
    check(asked.wallet, answer.body, token.encode())


def test_a_claim_that_the_person_signs_holds_only_what_they_put_in_it(person):
    draft = ClaimDraft(skills=(TICKED,), title="Eigen woorden")
    made = make_claim(person.wallet, draft, TAXONOMY, language="nl")
    told = everything_in(show(person.wallet, [made.id]))
    assert TICKED in told
    assert not {secret for secret in secrets_of(person.wallet) - {TICKED} if secret in told}


def test_the_persons_own_copy_holds_all_of_it(person):
    kept = b"".join(gather(person.wallet).files.values()).decode("utf-8")
    assert all(each in kept for each in WORDS.values())
