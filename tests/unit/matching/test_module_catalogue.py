"""Catalogues of modules: read strictly, signed by whom they name, looked over for those who plan with them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from matching.bundle import load_bundle
from matching.limits import PLAN
from matching.plan.catalogue import (
    parse_module_catalogue,
    read_module,
    verify_module_catalogue,
    write_module,
)
from matching.plan.errors import (
    MalformedModuleCatalogue,
    ModuleCatalogueExpired,
    ModuleCatalogueNotYetValid,
)
from matching.plan.lint import CatalogueCode, lint_catalogue
from matching.plan.publishing import build_module_catalogue, sign_module_catalogue
from matching.texts import catalogue as sentences
from passport.answers import Answer
from passport.dids.did_key import create_did_key
from passport.documents import DocumentCache
from passport.errors import NoCryptography, PassportError
from passport.json import dump, parse_object
from passport.keys import KeyType, load_signer
from passport.texts import Language
from passport.verification import Context
from tests.simulators.modules import module_document

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SIGNER = load_signer(KeyType.ED25519, bytes(range(32)))
DID = create_did_key(SIGNER.public_key)
ESCO = load_bundle()
WELD = ESCO.skills.iris[7]


def document(*modules, **changes):
    members = {
        "catalogue_id": "https://school.example/modules",
        "version": 1,
        "name": {"nl": "Modules", "en": "Modules"},
        "publisher": DID,
        "publisher_name": "A school",
        "taxonomy": "ESCO 1.1.1",
        "valid_from": NOW - timedelta(days=1),
        "valid_until": NOW + timedelta(days=300),
        "modules": [read_module(each) for each in modules or [module_document(WELD)]],
    }
    return build_module_catalogue(**{**members, **changes})


def signed(*modules, **changes):
    return sign_module_catalogue(document(*modules, **changes), signer=SIGNER, created=NOW)


def verify(source, **more):
    return verify_module_catalogue(source, context=Context(DocumentCache(), more.pop("now", NOW)), **more)


def test_a_signed_catalogue_is_read_back_whole():
    one = module_document(
        WELD,
        level=2,
        place="Utrecht",
        page="https://school.example/m/1",
        achievement="https://school.example/a/1",
        starts=[{"first": "2027-02-01"}, {"first": "2026-12-01", "last": "2026-12-20"}],
    )
    found = verify(signed(one, synthetic=True))
    assert found.authentic is Answer.YES
    assert found.synthetic
    (module,) = found.modules
    assert [each.first for each in module.starts] == [date(2026, 12, 1), date(2027, 2, 1)]
    assert module.next_start(date(2026, 12, 2)).first == date(2027, 2, 1)
    assert module.next_start(date(2027, 2, 2)) is None
    assert module.skills[0].level == 2
    assert read_module(write_module(module)) == module
    assert found.module(module.id) is module
    assert found.module("urn:x") is None


def test_the_same_catalogue_key_and_moment_give_the_same_bytes():
    assert signed() == signed()


def test_a_title_in_one_language_serves_both():
    (module,) = parse_module_catalogue(document(module_document(WELD, title={"nl": "Lassen"}))).modules
    assert module.title_in("en") == "Lassen"


@pytest.mark.parametrize("at", range(0, 400, 23))
def test_a_changed_byte_is_no_signed_catalogue(at):
    source = bytearray(signed())
    place = source.index(b'"hours"') - at
    source[place] ^= 1
    with pytest.raises(PassportError):
        verify(bytes(source))


def test_nobody_signs_in_another_name():
    other = load_signer(KeyType.ED25519, bytes(32))
    with pytest.raises(MalformedModuleCatalogue):
        sign_module_catalogue(document(), signer=other, created=NOW)
    stolen = parse_object(signed()) | {"publisher": {"id": create_did_key(other.public_key), "name": "X"}}
    with pytest.raises(PassportError):
        verify(dump(stolen))


def test_another_publisher_than_expected_is_refused():
    with pytest.raises(PassportError):
        verify(signed(), expected_publishers={"did:key:z6MkOther"})


def test_without_cryptography_it_cannot_be_told_who_signed(monkeypatch):
    def none(*_arguments, **_named):
        raise NoCryptography

    monkeypatch.setattr("passport.statements.proof.verify_statement", none)
    assert verify(signed()).authentic is Answer.CANNOT_TELL


def test_a_catalogue_holds_between_its_days():
    with pytest.raises(ModuleCatalogueExpired):
        verify(signed(), now=NOW + timedelta(days=301))
    with pytest.raises(ModuleCatalogueNotYetValid):
        verify(signed(valid_from=NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "no address"},
        {"title": {}},
        {"title": {"fr": "Souder"}},
        {"title": {"nl": "\u202eLassen"}},
        {"provider": ""},
        {"skills": []},
        {"skills": [{"skill": WELD, "name": "a"}, {"skill": WELD, "name": "b"}]},
        {"skills": [{"skill": WELD, "name": "a"}] * (PLAN.skills + 1)},
        {"skills": [{"skill": WELD, "name": "a", "level": 0}]},
        {"skills": [{"skill": WELD, "name": "a", "level": 101}]},
        {"hours": -1},
        {"hours": 1.5},
        {"hours": True},
        {"hours": PLAN.hours + 1},
        {"cents": PLAN.cents + 1},
        {"form": "college"},
        {"online": "yes"},
        {"place": None},
        {"page": "javascript alert"},
        {"starts": [{"first": "2027-13-01"}]},
        {"starts": [{"first": "20270201"}]},
        {"starts": [{"first": "2027-02-01", "last": "2027-01-01"}]},
        {"starts": [{"first": "2027-02-01", "time": "9:00"}]},
        {"starts": [{"first": "2027-02-01"}] * (PLAN.starts + 1)},
        {"more": 1},
    ],
)
def test_a_module_with_something_else_in_it_is_refused(change):
    with pytest.raises(MalformedModuleCatalogue):
        read_module(module_document(WELD) | change)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "SkillMap"},
        {"currency": "USD"},
        {"synthetic": 1},
        {"version": 0},
        {"modules": []},
        {"publisher": {"id": DID, "name": "A", "logo": "x"}},
        {"validUntil": "2020-01-01T00:00:00Z"},
        {"extra": 1},
    ],
)
def test_a_catalogue_with_something_else_in_it_is_refused(change):
    with pytest.raises(MalformedModuleCatalogue):
        parse_module_catalogue(document() | change)


def test_a_module_twice_is_refused():
    one = module_document(WELD)
    with pytest.raises(MalformedModuleCatalogue):
        document(one, one)


def codes(*modules, now=NOW, known=ESCO, **changes):
    found = lint_catalogue(parse_module_catalogue(document(*modules, **changes)), now=now, taxonomy=known)
    for each in found:
        for language in Language:
            assert "{" not in sentences().say(each.code, language, each.reason.values)
    return [each.code for each in found]


GOOD = module_document(
    WELD,
    skill_name=ESCO.label(WELD),
    level=1,
    place="Utrecht",
    achievement="https://school.example/a/1",
)


def test_a_good_catalogue_has_nothing_to_mend():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"skills": [{"skill": "http://x/1", "name": "x", "level": 1}]}, CatalogueCode.SKILL_UNKNOWN),
        ({"skills": [{"skill": WELD, "name": "else", "level": 1}]}, CatalogueCode.NAME_DIFFERS),
        ({"skills": [{"skill": WELD, "name": ESCO.label(WELD)}]}, CatalogueCode.NO_LEVELS),
        ({"title": {"nl": "Lassen"}}, CatalogueCode.TITLE_MISSING_EN),
        ({"title": {"en": "Welding"}}, CatalogueCode.TITLE_MISSING_NL),
        ({"hours": 0}, CatalogueCode.NO_HOURS),
        ({"hours": 3}, CatalogueCode.TOO_FAST),
        ({"hours": 1601}, CatalogueCode.TOO_LONG),
        ({"starts": [{"first": "2026-01-01"}]}, CatalogueCode.STARTS_OVER),
    ],
)
def test_what_the_linter_finds_in_a_module(change, code):
    assert codes(GOOD | change) == [code]


def test_a_retired_skill_is_found():
    gone = next(iter(ESCO.retired))
    skills = [{"skill": gone, "name": "x", "level": 1}]
    assert codes(GOOD | {"skills": skills}) == [CatalogueCode.SKILL_RETIRED]


def test_what_the_linter_finds_in_a_whole_catalogue():
    bare = {name: value for name, value in GOOD.items() if name not in {"place", "achievement"}}
    assert set(codes(bare)) == {CatalogueCode.NO_PLACE, CatalogueCode.NO_CREDENTIAL}
    assert codes(bare | {"online": True}) == [CatalogueCode.NO_CREDENTIAL]
    assert codes(GOOD, now=NOW + timedelta(days=280)) == [CatalogueCode.ENDS_SOON]
    assert codes(GOOD, now=NOW + timedelta(days=301)) == [CatalogueCode.EXPIRED]
    assert codes(GOOD, known=None) == []
    assert codes(GOOD, taxonomy="ESCO 1.1.0") == [CatalogueCode.OTHER_TAXONOMY]


def test_a_title_that_looks_like_another_is_found():
    other = GOOD | {
        "id": "https://school.example/m/2",
        "title": {"nl": "Modulе 1", "en": "Two"},
    }  # Cyrillic e
    assert codes(GOOD, other) == [CatalogueCode.SAME_TITLE] * 2
