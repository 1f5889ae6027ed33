"""European Digital Credentials: read as what they say, in the spellings of the Commission's samples."""

import pytest

from passport import limits
from passport.elm import Seal, looks_european, parse_european_credential
from passport.errors import Invalid
from passport.errors.elm import ForeignElmContext, MalformedElm, NotEuropean, TooManyInElm
from passport.json import dump
from tests.simulators.european import (
    DIGITAL,
    QUALIFICATION,
    TEAMWORK,
    WELDING,
    achievement,
    around,
    beside,
    concept,
    european_credential,
    outcome,
)


def read(document):
    return parse_european_credential(dump(document))


def test_says_who_awarded_what_to_whom():
    found = read(european_credential())
    assert found.title == "Diploma welding engineer"
    assert found.issuer_name == "Voorbeelduniversiteit"
    assert found.holder_name == "A Worker"
    (claim,) = found.claims
    assert (claim.title, claim.awarding_body) == ("Welding engineer", "University of Example")
    assert (claim.level, claim.credits) == ("Level 5", "120 ECTS")
    assert claim.outcomes == ("Joins metal", "Works with others")
    assert found.qualifications == (QUALIFICATION,)
    assert found.valid_from.year == 2019
    assert found.valid_until is None


def test_every_skill_once_in_the_order_of_the_document():
    found = read(european_credential())
    assert [skill.id for skill in found.skills] == [WELDING, TEAMWORK, DIGITAL]
    assert [skill.esco for skill in found.skills] == [True, True, False]
    assert found.skills[0].name == "welding"
    assert found.skills[0].outcome == "Joins metal"


def test_parts_of_a_claim_are_read():
    part = achievement("Module", specifiedBy={"type": "Qualification", "id": "urn:module:1"})
    found = read(european_credential(achievement(hasPart=part)))
    assert [claim.title for claim in found.claims] == ["Welding engineer", "Module"]
    assert found.qualifications == (QUALIFICATION, "urn:module:1")


def test_attendance_gives_no_skills():
    attended = {**achievement(), "type": "LearningActivity"}
    assert read(european_credential(attended)).skills == ()


def test_a_skill_without_an_identifier_is_a_word_only():
    named = achievement(
        specifiedBy={"learningOutcome": outcome(1, "x", relatedESCOSkill={"prefLabel": {"en": "welding"}})}
    )
    assert read(european_credential(named)).skills == ()


@pytest.mark.parametrize(
    ("data", "seal"),
    [
        (dump(european_credential()), Seal.NONE),
        (beside(european_credential()), Seal.JADES),
        (around(european_credential()), Seal.JADES),
        (around(european_credential(), text=True), Seal.JADES),
        (dump(european_credential(proof={"type": "DataIntegrityProof"})), Seal.PROOF),
    ],
    ids=["plain", "beside", "around", "around-as-text", "proof"],
)
def test_the_seal_is_taken_off_and_named(data, seal):
    found = parse_european_credential(data)
    assert found.seal is seal
    assert len(found.skills) == 3


def test_the_title_of_what_was_awarded_stands_in_for_the_display():
    document = european_credential()
    del document["displayParameter"]
    assert read(document).title == "Welding engineer"


def test_a_picture_of_a_page_fits():
    page = {"content": "A" * 1_000_000, "type": "MediaObject"}
    display = {"title": {"en": "x"}, "individualDisplay": {"displayDetail": {"image": page}}}
    assert read(european_credential(displayParameter=display)).title == "x"


def test_level_in_both_spellings_and_as_a_bare_notation():
    for member, level, said in (
        ("EQFLevel", concept("http://data.europa.eu/snb/eqf/6", "Level 6"), "Level 6"),
        ("eqfLevel", {"notation": "6"}, "6"),
    ):
        found = read(european_credential(achievement(specifiedBy={member: level})))
        assert found.claims[0].level == said


def test_looks_european():
    assert looks_european(dump(european_credential()))
    assert looks_european(around(european_credential()))
    assert not looks_european(b"EuropeanDigitalCredential")
    assert not looks_european(b'{"type": "OpenBadgeCredential"}')


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"type": ["VerifiableCredential", "OpenBadgeCredential"]}, NotEuropean),
        ({"type": "EuropeanDigitalCredential"}, NotEuropean),
        ({"type": ["EuropeanDigitalCredential"]}, NotEuropean),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, ForeignElmContext),
        ({"@context": ["http://data.europa.eu/snb/model/context/edc-ap"]}, ForeignElmContext),
        ({"@context": "http://data.europa.eu/snb/model/context/edc-ap"}, ForeignElmContext),
        (
            {
                "@context": [
                    "https://www.w3.org/2018/credentials/v1",
                    "http://data.europa.eu/snb/model/context/edc-ap",
                    "https://evil.example/turns-words-round",
                ]
            },
            ForeignElmContext,
        ),
        (
            {
                "@context": [
                    "https://www.w3.org/2018/credentials/v1",
                    "http://data.europa.eu/snb/model/context/edc-ap",
                    {"relatedESCOSkill": "https://evil.example/x"},
                ]
            },
            ForeignElmContext,
        ),
        ({"credentialSubject": []}, MalformedElm),
        ({"credentialSubject": "x"}, MalformedElm),
        ({"credentialSubject": {"hasClaim": ["x"]}}, MalformedElm),
        ({"credentialSubject": {"hasClaim": {"type": "LearningAchievement"}}}, MalformedElm),
        ({"credentialSubject": {"hasClaim": {"title": {"en": "x"}}}}, MalformedElm),
        ({"displayParameter": {"title": "x"}}, MalformedElm),
        ({"displayParameter": {"title": {}}}, MalformedElm),
        ({"displayParameter": {"title": {"en": 3}}}, MalformedElm),
        ({"displayParameter": {"title": {"en": []}}}, MalformedElm),
        ({"displayParameter": {}, "credentialSubject": {}}, MalformedElm),
        ({"id": "no address"}, MalformedElm),
        ({"id": None}, MalformedElm),
        ({"validFrom": "yesterday"}, MalformedElm),
        ({"validUntil": 3}, MalformedElm),
    ],
)
def test_elm_junk_is_refused_with_its_own_error(change, error):
    with pytest.raises(error):
        read(european_credential(**change))


@pytest.mark.parametrize(
    "specified",
    [
        {"learningOutcome": {"relatedESCOSkill": concept(WELDING, "x")}},
        {"learningOutcome": outcome(1, "x", relatedESCOSkill="http://data.europa.eu/esco/skill/1")},
        {"learningOutcome": outcome(1, "x", relatedESCOSkill={"id": "java script:alert(1)"})},
        {"learningOutcome": outcome(1, "x", relatedESCOSkill={"id": "urn:" + "x" * 2_048})},
        {"id": 3},
        {"creditPoint": {"point": 5}},
    ],
)
def test_elm_junk_inside_a_specification_is_refused(specified):
    with pytest.raises(MalformedElm):
        read(european_credential(achievement(specifiedBy=specified)))


@pytest.mark.parametrize("payload", [3, "!", "e30", '{"type": 1}', "{"])
def test_a_seal_around_nothing_readable_is_refused(payload):
    with pytest.raises(Invalid):
        parse_european_credential(dump({"payload": payload, "signatures": []}))


def parts(depth):
    claim = achievement(specifiedBy=[])
    for _ in range(depth - 1):
        claim = achievement(specifiedBy=[], hasPart=claim)
    return european_credential(claim)


def skills(count):
    outcomes = [
        outcome(at, "x", relatedSkill=[concept(f"urn:skill:{at}:{n}", "x") for n in range(256)])
        for at in range(count // 256)
    ]
    rest = outcome(9, "x", relatedSkill=[concept(f"urn:rest:{n}", "x") for n in range(count % 256)])
    return european_credential(achievement(specifiedBy={"learningOutcome": [*outcomes, rest]}))


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (parts, limits.ELM.depth),
        (skills, limits.ELM.skills),
        (
            lambda n: european_credential(*(achievement(specifiedBy=[]) for _ in range(n))),
            limits.ELM.claims,
        ),
        (
            lambda n: european_credential(
                achievement(specifiedBy=[{"id": f"urn:x:{at}"} for at in range(n)])
            ),
            limits.ELM.items,
        ),
    ],
    ids=["depth", "skills", "claims", "items"],
)
def test_limits_at_n_and_one_more(make, most):
    read(make(most))
    with pytest.raises(TooManyInElm):
        read(make(most + 1))


def test_a_text_is_cut_at_its_limit():
    found = read(european_credential(achievement("x" * 3_000)))
    assert len(found.claims[0].title) == limits.ELM.text
