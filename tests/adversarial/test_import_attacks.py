"""Files from strangers at the wallet: one that is hostile spoils nothing beside it, and nothing is half kept."""

import pytest

from passport.baking import Version
from passport.errors import TooLarge
from passport.json import dump
from tests.simulators.badge_files import OLDER, OLDER_BYTES
from tests.simulators.european import achievement, european_credential
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import Person
from wallet.core import limits
from wallet.core.imported import imported
from wallet.core.incoming import Given, Keeping, keep_found, look
from wallet.core.shelf import kept
from wallet.errors_imports import TooManyImported

SCHOOL = Party("De Vakschool")


@pytest.fixture
def person():
    return Person()


def badge(person, holder=None, **members):
    return dump(SCHOOL.issue(holder or person.wallet.did, [f"{ESCO}weld"], at=person.world.now, **members))


def older(number):
    return dump(OLDER | {"id": f"https://badges.example/assertions/{number}"})


BROKEN = european_credential(achievement()) | {"credentialSubject": 3}
FOREIGN = european_credential(achievement()) | {"@context": ["https://attacker.example/context"]}
NAMELESS = dump({"type": "Assertion"})
HIDDEN = dump(OLDER | {"badge": {"type": "BadgeClass", "name": "\u202e\u200b"}, "id": "urn:x"})


@pytest.mark.parametrize(
    "hostile",
    [
        Given("x.json", dump(BROKEN)),
        Given("x.json", dump(FOREIGN)),
        Given("x.json", NAMELESS, Version.OB2),
        Given("x.json", HIDDEN, Version.OB2),
        Given("x.json", b'{"type":"Assertion","badge":3}', Version.OB2),
    ],
    ids=["broken", "another context", "without a name", "with a name that nobody sees", "of another form"],
)
def test_what_can_not_be_kept_is_refused_before_the_person_chooses(person, hostile):
    found = look(person.wallet, [hostile, Given("b.json", badge(person))], person.world.cache)
    assert [one.keeping for one in found] == [Keeping.NOTHING, Keeping.CREDENTIAL]
    assert found[0].error is not None
    keep_found(person.wallet, found, [1])
    assert (len(kept(person.wallet)), len(imported(person.wallet))) == (1, 0)


def test_a_european_credential_is_shown_by_what_it_says_and_not_by_the_name_of_its_file(person):
    source = dump(european_credential(achievement("Welding engineer")))
    (found,) = look(person.wallet, [Given("PhD in Medicine.json", source)], person.world.cache)
    assert "PhD" not in found.title
    assert found.title == imported_title(person, found)


def imported_title(person, found):
    keep_found(person.wallet, [found], [0])
    return imported(person.wallet)[0].title


def test_more_documents_than_there_is_room_for_are_not_kept_in_part(person, monkeypatch):
    monkeypatch.setattr(limits, "IMPORTED", 3)
    given = [Given("b.json", badge(person)), *(Given("o.json", older(n), Version.OB2) for n in range(4))]
    found = look(person.wallet, given, person.world.cache)
    with pytest.raises(TooManyImported):
        keep_found(person.wallet, found, range(5))
    assert (kept(person.wallet), imported(person.wallet)) == ((), ())
    keep_found(person.wallet, found, range(4))
    assert (len(kept(person.wallet)), len(imported(person.wallet))) == (1, 3)
    again = look(person.wallet, given[1:4], person.world.cache)
    keep_found(person.wallet, again, range(3))  # here already: they take no room
    assert len(imported(person.wallet)) == 3


def test_larger_documents_than_there_is_room_for_are_not_kept_in_part(person, monkeypatch):
    monkeypatch.setattr(limits, "FILES_TOGETHER", 2 * len(OLDER_BYTES))
    given = [Given("b.json", badge(person)), *(Given("o.json", older(n), Version.OB2) for n in range(3))]
    found = look(person.wallet, given, person.world.cache)
    with pytest.raises(TooLarge):
        keep_found(person.wallet, found, range(4))
    assert (kept(person.wallet), imported(person.wallet)) == ((), ())
