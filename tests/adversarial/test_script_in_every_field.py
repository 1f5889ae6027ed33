"""A52: script in every text of everything that strangers write, and on no page, picture, card or table does it work.

All texts at once, each with a mark of its own, so that it is known which of them were shown. One payload in each
text, or each payload in each text in turn, in every token of a badge and on every page that links lead to:
`PASSPORT_ATTACKS=all pytest tests/adversarial/test_script_in_every_field.py`.
"""

import json
import os
import re
import uuid
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from passport.credentials.build import presentation
from passport.dids import create_did_key, key_method_id
from passport.json import dump, parse_object
from passport.proofs import add_proof
from passport.trust import Recognition
from tests.simulators.badge_files import OLDER
from tests.simulators.european import around, european_credential
from tests.simulators.every_form import ALL as FORMS
from tests.simulators.every_form import school, secure
from tests.simulators.every_leaf import PAYLOADS, Leaves, texts_of
from tests.simulators.followed import Walk
from tests.simulators.full_badge import ISSUED_AS, full_badge
from tests.simulators.house import House
from tests.simulators.inside import inside
from tests.simulators.labour_markets import ALL as COUNTRY
from tests.simulators.labour_markets import CARPENTERS, market_document, signed_market
from tests.simulators.modules import SCHOOL_KEY, catalogue_source, module_document
from tests.simulators.parties import ESCO, FAST, Party, World, recognise
from tests.simulators.wallets import Employer, demand
from verifier.app import create as create_verifier
from verifier.settings import Settings as VerifierSettings
from wallet.core.accept import examine, keep

ALL = os.environ.get("PASSPORT_ATTACKS") == "all"
thorough = pytest.mark.skipif(not ALL, reason="PASSPORT_ATTACKS=all: they cost seconds")
TURNS = range(len(PAYLOADS) if ALL else 1)
ORIGIN = "http://localhost:8999"
JSON = {"Accept": "application/json"}


@pytest.mark.parametrize("turn", TURNS)
def test_a52_script_in_every_field_of_a_badge_stays_text_in_the_wallet(tmp_path, turn):
    house, leaves, party = House(tmp_path), Leaves(turn), Party("A school")
    house.made()
    with house.desk.wallet() as wallet:
        document = leaves.filled(full_badge(party, wallet.did), but=ISSUED_AS)
        one = examine(dump(party.sign(document)), World(now=house.time.now).cache, wallet)
        keep(wallet, (one,))
    walk = Walk(leaves, lambda path: house.ask("GET", path))
    badge = f"/credentials/{one.id}"
    if ALL:
        walk.everywhere("/", badge)
        assert walk.count > 40
    saved = [f"{badge}/save/{kind}" for kind in ("html", "svg", "png", "pdf", "json")]
    walk.only("/", "/show", "/diplomas", badge, f"/skill?iri={ESCO}weld", *saved[: 5 if ALL else 2])
    assert walk.harm == []
    assert walk.seen == set(leaves.where)
    assert len(leaves.where) > 200


@pytest.mark.parametrize("turn", TURNS)
def test_a52_script_in_every_field_of_a_diploma_stays_text_in_the_wallet(tmp_path, turn):
    """The name of its file as well, and a file that is nothing at all."""
    house, leaves = House(tmp_path), Leaves(turn)
    house.made()
    awarded = "/credentialSubject/hasClaim/awardedBy/awardingDate"
    dated = ("/id", "/validFrom", "/issuanceDate", awarded)
    diploma = around(leaves.filled(european_credential(), but=dated))
    walk = Walk(leaves, lambda path: house.ask("GET", path))
    for content in (diploma, b"<script>window.hit=1</script>", dump(leaves.filled({"x": "y"}))):
        files = {"files": (f"{leaves.text('/name')}.json", content, "application/json")}
        walk.look("/import", house.ask("POST", "/import", files=files))
    kept = house.ask("POST", "/diplomas", files={"file": ("x.json", diploma, "application/json")})
    assert kept.status_code == 303, texts_of(kept.text)
    walk.only("/diplomas", kept.headers["location"])
    assert walk.harm == []
    assert {"/name", "/issuer/legalName/nl", "/credentialSubject/familyName/en"} <= walk.seen
    assert len(walk.seen) > 16


@pytest.mark.parametrize("turn", TURNS)
def test_a52_script_in_every_field_of_an_older_badge_stays_text_in_the_wallet(tmp_path, turn):
    """Open Badges 2.0: looked at as a file, and kept."""
    house, leaves = House(tmp_path), Leaves(turn)
    house.made()
    same = ("/id", "/issuedOn", "/recipient/type", "/badge/id", "/badge/issuer/id")
    older = dump(leaves.filled(OLDER, but=same))
    walk = Walk(leaves, lambda path: house.ask("GET", path))
    looked_at = house.ask("POST", "/import", files={"files": ("badge.json", older, "application/json")})
    page = walk.look("/import", looked_at)
    keep = re.search(r'action="(/import/[^"]+)"', page)[1]
    walk.look(keep, house.ask("POST", keep, data={"keep": "0"}))
    [diploma] = set(re.findall(r'href="(/diplomas/[0-9a-f-]{32,36})"', house.ask("GET", "/diplomas").text))
    walk.only("/diplomas", diploma)
    assert walk.harm == []
    assert {"/badge/name", "/badge/issuer/name"} <= walk.seen


@pytest.mark.parametrize("turn", TURNS)
def test_a52_script_in_every_field_of_what_others_publish_and_ask_stays_text_in_the_wallet(tmp_path, turn):
    """A function profile, a question, a catalogue of modules, a set of figures of a labour market."""
    house, leaves = House(tmp_path), Leaves(turn)
    house.made()
    walk = Walk(leaves, lambda path: house.ask("GET", path))
    for path, field, document, *more in published(leaves, house.time.now):
        sent = {"text": document.decode()} if field == "text" else {}
        files = None if sent else {field: ("x.json", document, "application/json")}
        answer = house.ask("POST", path, data=sent, files=files)
        walk.look(path, answer)
        assert answer.status_code < 400, (path, " ".join(texts_of(answer.text).split())[400:900])
        walk.only(answer.headers.get("location", path), *more)
    if ALL:
        walk.everywhere("/")
    assert walk.harm == []
    assert walk.seen >= {
        "/name/en",
        "/publisher/name",
        "/verifier/name",
        "/demands/*/labels/en",
        "/method/en",
    }


def published(leaves, now):
    profile_but = ("/type", "/id", "/publisher/id", "/validFrom", "/validUntil", "/purpose", "/occupation")
    employer = Employer(World(now=now), Party("A firm"))
    with_skill = ("/demands/*/skill", "/demands/*/minimumStrength")
    profile = bare(employer.profile([demand(f"{ESCO}weld", "weld", labels={"nl": "x", "en": "y"})]))
    profile = employer.party.sign(leaves.filled(profile, but=(*profile_but, *with_skill)), at=now)
    yield "/match", "profile", dump(profile)
    asked = bare(employer.request([], profile=profile))
    kept = ("/challenge", "/domain", "/responseUri", "/verifier/id", "/profile")
    yield (
        "/request",
        "text",
        dump(employer.party.sign(leaves.filled(asked, but=(*profile_but, *kept)), at=now)),
    )
    key = SCHOOL_KEY
    signed_by = {"verification_method": key_method_id(create_did_key(key.public_key)), "created": now}
    catalogue = bare(parse_object(catalogue_source([module_document(f"{ESCO}weld")], now=now)))
    but = (*profile_but, "/modules/*/id", "/currency", "/modules/*/form", "/modules/*/skills/*/skill")
    yield (
        "/plan/catalogues",
        "file",
        dump(add_proof(leaves.filled(catalogue, but=but), signer=key, **signed_by, cryptosuite=FAST)),
    )
    asked_for = {(CARPENTERS, COUNTRY): ([800] * 12, [400] * 12)}
    market = market_document(
        asked_for, valid_from=now - timedelta(days=1), valid_until=now + timedelta(days=9)
    )
    but = (
        *profile_but,
        "/measure",
        "/windows/first",
        "/windows/last",
        "/regions/*/code",
        "/regions/*/within",
    )
    market = leaves.filled(market, but=(*but, "/figures/*/occupation", "/figures/*/region"))
    yield "/market", "file", signed_market(market, key, created=now), "/market"


def bare(document):
    return {name: value for name, value in document.items() if name != "proof"}


@thorough
@pytest.mark.parametrize("form", FORMS[2:])
@pytest.mark.parametrize("turn", TURNS)
def test_a52_script_in_every_field_of_every_token_stays_text_in_the_wallet(tmp_path, turn, form):
    """Of tokens: a proof over RDF is over no term that the contexts do not define, so most payloads fit none."""
    house, leaves, party = House(tmp_path), Leaves(turn), school()
    house.made()
    world = World(now=house.time.now)
    world.publish(party.did_document(house.time.now))
    with house.desk.wallet() as wallet:
        held = SimpleNamespace(signer=SimpleNamespace(public_key=wallet.keys[0]))
        document = leaves.filled(full_badge(party, wallet.did), but=ISSUED_AS)
        one = examine(secure(document, form, party, held), world.cache, wallet)
        keep(wallet, (one,))
        wallet.keep_documents(world.cache)
    badge = f"/credentials/{one.id}"
    walk = Walk(leaves, lambda path: house.ask("GET", path)).only("/", badge, f"/show?credential={one.id}")
    assert walk.harm == []
    assert len(walk.seen) > 200


@pytest.mark.parametrize("turn", TURNS)
def test_a52_script_in_every_field_stays_text_at_the_verifier(tmp_path, turn):
    """Of a badge by itself and in a presentation, of a trust list, a function profile, and of who asks."""
    world, leaves, party, worker = World(now=datetime.now(UTC)), Leaves(turn), Party("x"), Party("y")
    app = create_verifier(
        VerifierSettings(base_url=ORIGIN, data_directory=tmp_path, trust_publishers=(world.registrar.did,))
    )
    with inside(app, ORIGIN) as there:
        operator = {"Authorization": f"Bearer {(tmp_path / 'bootstrap.secret').read_text().strip()}"}
        employer = {"slug": "baker", "name": leaves.text("employer", most=300)}
        key = there.post("/api/employers", json=employer, headers=operator | JSON).json()["apiKey"]
        told = {"Authorization": f"Bearer {key}"} | JSON
        listed = json.loads(world.trust_list(recognise(party, Recognition.EDUCATOR)))
        but = ("/id", "/publisher/id", "/validFrom", "/validUntil", "/proof")
        entries = ("/entries/*/id", "/entries/*/recognisedAs", "/entries/*/validFrom")
        listed = leaves.filled({**listed, "proof": None}, but=(*but, *entries))
        del listed["proof"]
        signed = world.registrar.sign(listed, at=world.now - timedelta(days=30))
        there.post(
            "/api/trust-lists", content=dump(signed), headers=told | {"Content-Type": "application/json"}
        )
        profile = leaves.filled(
            {
                "key": "baker",
                "name": {"en": "", "nl": ""},
                "taxonomy": "",
                "publishWithErrors": True,
                "demands": [{"skill": f"{ESCO}weld", "label": "", "labels": {"nl": "", "en": ""}}],
            },
            but=("/key", "/demands/*/skill"),
        )
        there.post("/api/profiles", json=profile, headers=told)
        badge = party.sign(leaves.filled(full_badge(party, worker.did), but=ISSUED_AS))
        webhook = {"url": leaves.address("webhook", "https"), "description": leaves.text("webhook", most=120)}
        as_shown = told | {"Content-Type": "application/vp"}
        shown = presented_by(worker, badge, world.now)
        made = [
            there.post("/api/presentations?profile=baker", content=shown, headers=as_shown),
            there.post("/api/files", content=dump(badge), headers=told | {"Content-Type": "application/vc"}),
        ]
        reports = ["/reports", "/reports.csv", *(f"/reports/{each.json()['id']}" for each in made)]
        there.post("/sign-in", data={"key": key})
        walk = Walk(leaves, there.get, ours=ORIGIN)
        walk.look("/webhooks", there.ask("POST", "/webhooks", data=webhook | {"events": "report.made"}))
        walk.look("/requests", there.post("/requests", data={"profile": "baker"}))
        if ALL:
            walk.everywhere("/")
        else:
            walk.only("/", "/trust", "/profiles/baker", *reports)
    assert walk.harm == []
    shown = {"employer", "/name/en", "/demands/*/label", "/demands/*/labels/en"}
    shown |= {"/publisher/name", "/entries/*/name", "/name/*/@value", "/credentialSubject/licenseNumber"}
    assert walk.seen >= shown


def presented_by(worker, badge, now):
    unsigned = presentation(
        holder=worker.did, credentials=[badge], presentation_id=f"urn:uuid:{uuid.uuid4()}"
    )
    return dump(
        add_proof(
            unsigned,
            signer=worker.signer,
            verification_method=worker.method,
            created=now,
            proof_purpose="authentication",
            cryptosuite="eddsa-jcs-2022",
            expires=now + timedelta(seconds=100),
        )
    )
