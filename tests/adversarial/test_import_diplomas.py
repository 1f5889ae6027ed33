"""Hostile diplomas: junk, disguises, maps of everything, and claims that pretend to be more than derived."""

import json
import random

import pytest

from matching.bundle import load_bundle
from passport import limits
from passport.elm import parse_european_credential
from passport.errors import Invalid, PassportError
from passport.errors.elm import OlderElm
from passport.evidence import Strength, weigh
from passport.evidence.skill_map import parse_skill_map
from passport.json import dump
from passport.texts import Language
from passport.trust import Recognition
from tests.simulators.european import WELDING, achievement, around, european_credential
from tests.simulators.odd_values import ADDRESSES, TEXTS
from tests.simulators.parties import ESCO, NOW, Party, World, recognise
from tests.simulators.wallets import Person
from tests.unit.evidence.test_skill_map import BODY, made
from wallet.core.deriving import derivable, derive, ground_of_file
from wallet.core.imported import Described, imported, take_in
from wallet.core.skill_maps import keep_map, skill_maps, verify_map
from wallet.core.wallet import Kind
from wallet.errors_claims import EvidenceFileEmpty, EvidenceFileKind, EvidenceFileTooLarge, PhotoNotRead
from wallet.errors_imports import NotADiploma, PdfDamaged, TooManyImported
from wallet.views.diplomas import Asked, Subject, diploma, diplomas
from wallet.views.rendering import Renderer

SAID = Described("Diploma", "A school")
TAXONOMY = load_bundle()
SCRIPT = "<script>alert(1)</script>"
TURNED = "Diploma \u202egnp.exe\u2066"


ODD = [
    None, True, False, 0, -1, 1.5, 2**60, [], {}, [[]], [None], [{}], [1, 2], {"en": None}, {"en": [""]},
    {"": "x"}, {"@value": "x"}, {"id": "urn:x"}, ["x", {}], *TEXTS[:20], *ADDRESSES[:20],
]  # fmt: skip


@pytest.fixture
def person():
    return Person()


def places(value, path=()):
    """Every place in a document, from the outside in."""
    yield path
    if isinstance(value, dict):
        for name in value:
            yield from places(value[name], (*path, name))
    if isinstance(value, list):
        for at in range(len(value)):
            yield from places(value[at], (*path, at))


def put(document, path, odd):
    copy = json.loads(json.dumps(document))
    if not path:
        return odd
    inside = copy
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = odd
    return copy


def test_elm_junk_at_every_place_is_read_or_refused_with_a_typed_error():
    """Every member of a European credential in turn becomes each of many odd values: never another exception."""
    document = european_credential(achievement(hasPart=achievement()))
    tried = 0
    for path in places(document):
        for odd in ODD:
            try:
                data = dump(put(document, path, odd))
            except Invalid:
                continue  # no JSON
            tried += 1
            try:
                parse_european_credential(data)
            except Invalid:
                continue
    assert tried > 1_000


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"EuropeanDigitalCredential":' * 40 + b"1" + b"}" * 40,
        b'{"type":["EuropeanDigitalCredential"],"type":[]}',
        b'{"EuropeanDigitalCredential": NaN}',
        b'\xef\xbb\xbf{"EuropeanDigitalCredential": 1}',
        dump({"payload": around(european_credential()).decode(), "signatures": []}),
        around({"a": 1}),
        b'{"payload": "' + b"A" * 3_000_000 + b'", "signatures": []}',
        b'{"EuropeanDigitalCredential": "' + b"A" * limits.ELM_JSON.size + b'"}',
    ],
    ids=["deep", "deeper", "duplicate", "nan", "bom", "seal-in-seal", "other", "long-seal", "large"],
)
def test_bombs_are_refused(person, data):
    with pytest.raises(PassportError):
        take_in(person.wallet, data, described=SAID)
    assert imported(person.wallet) == ()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<html><script>alert(1)</script></html>", NotADiploma),
        (b"<?xml version='1.0'?><europassCredential/>", OlderElm),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NotADiploma),
        (b"MZ\x90\x00this program", EvidenceFileKind),
        (b"PK\x03\x04\x00archive", EvidenceFileKind),
        (b"GIF89a/*%PDF-1.4*/=alert(1)", NotADiploma),
        (b"\n%PDF-1.7\n%%EOF", NotADiploma),
        (b"%PDF-1.7 without an end", PdfDamaged),
        (b"\x89PNG\r\n\x1a\n<script>", PhotoNotRead),
        (b"\xff\xd8\xff\xe0not a picture", PhotoNotRead),
        (b"#!/bin/sh\nrm -rf /\n", NotADiploma),
        (b"", EvidenceFileEmpty),
        (b"%PDF-" + b"x" * 8_388_608, EvidenceFileTooLarge),
    ],
    ids=[
        "html", "xml", "svg", "program", "archive", "gif-script", "pdf-later", "pdf-cut", "png-script",
        "jpeg-junk", "script", "empty", "large",
    ],
)  # fmt: skip
def test_a_file_in_disguise_is_refused_whatever_its_name(person, data, error):
    with pytest.raises(error):
        take_in(person.wallet, data, name="diploma.pdf", described=SAID)
    assert person.wallet.vault.of_kind(Kind.FILE) == {}


def test_a_polyglot_is_bytes_that_no_page_of_ours_shows(person):
    """A PDF that is a web page as well is kept as it is, and shown by nobody: see the page's download."""
    both = b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF"
    one = take_in(person.wallet, both, name="../../<script>.pdf", described=SAID)
    assert one.media_type == "application/pdf"
    for page in pages(person, one):
        assert "alert(1)" not in page


def pages(person, one):
    renderer = Renderer(stylesheet="/static/x.css")
    ground = ground_of_file(one)
    offered = derivable(person.wallet, ground, TAXONOMY, language="nl")
    for language in Language:
        yield diplomas(renderer, language, person.wallet).html
        subject = Subject(ground, Asked(), f"/diplomas/{one.id}", one)
        yield diploma(renderer, language, subject, offered, TAXONOMY).html


@pytest.mark.parametrize("hostile", [SCRIPT, TURNED, "{{ 1234567 + 1 }}", '"><img src=x onerror=alert(1)>'])
def test_script_and_turned_text_in_a_document_are_plain_text(person, hostile):
    texts = {"en": hostile}
    claim = achievement(hostile)
    claim["specifiedBy"]["learningOutcome"][0]["title"] = texts
    claim["specifiedBy"]["learningOutcome"][0]["relatedESCOSkill"]["prefLabel"] = texts
    claim["specifiedBy"]["learningOutcome"][0]["relatedESCOSkill"]["id"] = "urn:skill:unknown"
    claim["awardedBy"]["awardingBody"]["legalName"] = texts
    document = european_credential(claim, issuer={"legalName": texts}, displayParameter={"title": texts})
    document["credentialSubject"] |= {"fullName": texts}
    one = take_in(person.wallet, dump(document))
    for page in pages(person, one):
        for raw in ("<script>alert", "<img src=x", "\u202e", "\u2066", "1234568"):
            assert raw not in page


def test_a_skill_that_is_a_script_address_is_no_skill(person):
    claim = achievement()
    claim["specifiedBy"]["learningOutcome"][0]["relatedESCOSkill"]["id"] = "javascript:alert(1)"
    one = take_in(person.wallet, dump(european_credential(claim)))
    for page in pages(person, one):
        assert 'href="javascript' not in page


def everything(rng, skills):
    named = rng.sample(list(TAXONOMY.skills), skills)
    return {
        "qualification": f"urn:q:{rng.random()}",
        "name": {"nl": "Alles"},
        "skills": [{"skill": each, "name": "x", "match": "exact", "source": "x"} for each in named],
    }


def test_a_map_of_everything_to_everything_is_refused():
    document = made()
    document["entries"] = [everything(random.Random(1), limits.SKILL_MAP.skills + 1)]
    with pytest.raises(Invalid):
        parse_skill_map(document)
    document["entries"] = [everything(random.Random(n), 1) for n in range(limits.SKILL_MAP.entries + 1)]
    with pytest.raises(Invalid):
        parse_skill_map(document)


def test_a_map_is_not_rolled_back_nor_taken_over(person):
    mallory = Party("Mallory")

    def take(source):
        keep_map(person.wallet, verify_map(person.wallet, source, person.world.cache), source)

    take(dump(BODY.sign(made(version=2))))
    for source in (
        dump(BODY.sign(made(version=1))),
        dump(BODY.sign(made(version=2, name={"nl": "Anders"}))),
        dump(mallory.sign(made(version=3, publisher=mallory.did))),
        dump(mallory.sign(made(version=3))),
    ):
        with pytest.raises(PassportError):
            take(source)
    take(dump(BODY.sign(made(version=3))))
    assert [one.version for one in skill_maps(person.wallet)] == [3]


def test_no_more_maps_than_the_wallet_holds(person):
    for number in range(32):
        source = dump(BODY.sign(made(map_id=f"urn:map:{number}")))
        keep_map(person.wallet, verify_map(person.wallet, source, person.world.cache), source)
    source = dump(BODY.sign(made(map_id="urn:map:33")))
    with pytest.raises(TooManyImported):
        keep_map(person.wallet, verify_map(person.wallet, source, person.world.cache), source)


class TestPretending:
    """A claim that says derived and more stays soft; so does one whose signer is not the holder."""

    @pytest.mark.parametrize(
        "genres",
        [
            ("derived",),
            ("derived", "examination"),
            ("examination", "derived", "validation", "work-record"),
        ],
    )
    @pytest.mark.parametrize("kind", ["Diploma", "License", None])
    def test_a_genre_mix_stays_soft_whoever_signs(self, genres, kind):
        world, holder, school = World(), Party("Worker"), Party("School")
        trust = world.trusting(
            recognise(school, Recognition.EDUCATOR, Recognition.VALIDATOR, Recognition.EMPLOYER)
        )
        for signer in (holder, school):
            badge = signer.issue(
                holder,
                [ESCO + "weld"],
                kind=kind,
                genres=genres,
                results=[{"value": "9"}],
                source={"id": school.did, "type": ["Profile"]},
            )
            (found,) = weigh([world.verify(badge)], trust=trust, now=NOW, holder=holder.did)
            assert found.strength is Strength.SOFT

    def test_a_derived_claim_stays_soft_under_a_diploma_that_is_hard(self, person):
        """The ground is hard for what it names itself; that does not rub off on what is derived from it."""
        one = take_in(person.wallet, dump(european_credential()))
        ground = ground_of_file(one)
        offered = derivable(person.wallet, ground, TAXONOMY, language="en")
        examined = derive(person.wallet, ground, [WELDING], offered, language="en", say=str)
        holder = Party("holder", did=person.wallet.did)
        trust = person.world.trusting(recognise(holder, Recognition.EDUCATOR, Recognition.VALIDATOR))
        (found,) = weigh([examined.report.credential], trust=trust, now=NOW, holder=person.wallet.did)
        assert found.strength is Strength.SOFT
