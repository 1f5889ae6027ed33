"""Files on their way in: what each thing is, and what would become of it. Nothing is written by looking."""

import pytest

from passport.baking import Version
from passport.credentials.build import presentation
from passport.json import dump
from tests.simulators.badge_files import OLDER, OLDER_BYTES
from tests.simulators.european import achievement, beside, european_credential
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Person
from wallet.core.imported import imported
from wallet.core.incoming import Given, Keeping, keep_found, look
from wallet.core.shelf import kept
from wallet.errors import CredentialNotGenuine
from wallet.errors_imports import DiplomaNotDescribed, NotAmongFound

WELD = f"{ESCO}weld"


@pytest.fixture
def person():
    return Person()


@pytest.fixture
def school():
    return Party("De Vakschool")


def looked(person, *given):
    return look(person.wallet, given, person.world.cache)


def test_each_thing_is_told_by_what_it_is(person, school):
    mine = dump(school.issue(person.wallet.did, [WELD], at=person.world.now))
    other = dump(school.issue(Party("Somebody"), [WELD], at=person.world.now))
    forged = mine.replace(b"An achievement", b"Another one")
    found = looked(
        person,
        Given("a.json", mine),
        Given("b.json", other),
        Given("c.json", forged),
        Given("d.json", OLDER_BYTES, Version.OB2),
        Given("e.json", dump(european_credential(achievement()))),
        Given("f.json", beside(european_credential(achievement()))),
    )
    assert [one.keeping for one in found] == [
        Keeping.CREDENTIAL,
        Keeping.DOCUMENT,
        Keeping.NOTHING,
        Keeping.DOCUMENT,
        Keeping.DOCUMENT,
        Keeping.DOCUMENT,
    ]
    assert found[1].other_key
    assert isinstance(found[2].error, CredentialNotGenuine)
    assert found[2].title == "Another one"
    assert (kept(person.wallet), imported(person.wallet)) == ((), ())


def test_what_is_kept_is_what_was_chosen(person, school):
    given = [
        Given("a.json", dump(school.issue(person.wallet.did, [WELD], at=person.world.now))),
        Given("d.json", OLDER_BYTES, Version.OB2),
        Given("e.json", dump(european_credential(achievement()))),
        Given("b.json", dump(school.issue(Party("Somebody"), [WELD], at=person.world.now))),
    ]
    found = looked(person, *given)
    assert len(keep_found(person.wallet, found, [1])) == 1
    assert len(imported(person.wallet)) == 1
    assert kept(person.wallet) == ()
    keep_found(person.wallet, found, [0, 2, 3, 3])
    assert len(kept(person.wallet)) == 1
    titles = {one.title: one for one in imported(person.wallet)}
    assert titles.keys() == {"Printen in drie lagen", "Diploma", "An achievement"} or len(titles) == 3
    assert titles["Printen in drie lagen"].is_badge
    assert not titles["Printen in drie lagen"].european
    again = looked(person, *given)
    assert again[0].keeping is Keeping.HERE


@pytest.mark.parametrize("chosen", [[1], [-1], [0, 9]])
def test_only_what_would_be_kept_can_be_chosen(person, school, chosen):
    forged = dump(school.issue(person.wallet.did, [WELD], at=person.world.now)).replace(b"An ach", b"My ach")
    mine = dump(school.issue(person.wallet.did, [WELD], at=person.world.now))
    found = looked(person, Given("a", mine), Given("b", forged))
    with pytest.raises(NotAmongFound):
        keep_found(person.wallet, found, chosen)
    assert kept(person.wallet) == ()


def test_a_presentation_is_taken_apart(person, school):
    both = [school.issue(person.wallet.did, [skill], at=person.world.now) for skill in (WELD, f"{ESCO}cut")]
    shown = presentation(
        holder=person.wallet.did,
        credentials=both,
        presentation_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11",
    )
    found = looked(person, Given("vp.json", dump(shown)))
    assert [one.keeping for one in found] == [Keeping.CREDENTIAL] * 2
    keep_found(person.wallet, found, [0, 1])
    assert len(kept(person.wallet)) == 2


def test_what_can_not_be_checked_now_is_put_aside(person):
    away = Party.on_the_web("De Vakschool", "away.example")
    found = looked(person, Given("a.json", dump(away.issue(person.wallet.did, [WELD], at=person.world.now))))
    assert [one.keeping for one in found] == [Keeping.ASIDE]
    keep_found(person.wallet, found, [0])
    assert len(kept(person.wallet)) == 1


def test_an_older_badge_with_addresses_alone_is_called_by_its_host(person):
    found = looked(person, Given("d.json", dump(OLDER | {"badge": "https://badges.example/5"}), Version.OB2))
    assert (found[0].title, found[0].issuer) == ("badges.example", "badges.example")


def test_one_that_does_not_say_what_it_is_is_not_kept(person):
    found = looked(person, Given("d.json", b'{"type":"Assertion"}', Version.OB2))
    assert [(one.keeping, type(one.error)) for one in found] == [(Keeping.NOTHING, DiplomaNotDescribed)]
    with pytest.raises(NotAmongFound):
        keep_found(person.wallet, found, [0])
    assert imported(person.wallet) == ()


@pytest.mark.parametrize(
    "source",
    [b"{}", b"hello", b"a.b.c", b'{"type":"VerifiablePresentation"}', b'{"type":"Assertion","badge":5}'],
)
def test_anything_else_is_refused_and_says_why(person, source):
    version = Version.OB2 if b"Assertion" in source else Version.OB3
    (found,) = looked(person, Given("x", source, version))
    assert (found.keeping, found.error is not None) == (Keeping.NOTHING, True)
