"""The trust lists in use: on whose behalf a delegate's list counts, as a page, a command and JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from passport.texts import Language
from passport.trust import Recognition, RecognitionClass, Revocation
from tests.simulators.parties import NOW, Party, World, recognise
from tests.simulators.wallets import Person
from wallet.core.trust_lists import keep_list, list_json, lists_in_use, verify_incoming
from wallet.desktop.cli import app
from wallet.views import pages
from wallet.views.rendering import Renderer

EDUCATOR = Recognition.EDUCATOR
SECTOR, SCHOOL = Party("Sector"), Party("School")
PLACE = "https://sector.example/list"


GUIDE = RecognitionClass(
    "reintegration-guide",
    Recognition.ADVISER,
    {"en": "Reintegration guide", "nl": "Re-integratiebegeleider"},
)


def government(world, version=1, **members):
    entry = recognise(SECTOR, may_recognise=frozenset({EDUCATOR}), list_id=PLACE, **members)
    return world.trust_list(entry, version=version)


def take(person, source, *, delegated=False):
    keep_list(person.wallet, verify_incoming(person.wallet, source, person.world.cache, delegated=delegated))


@pytest.fixture
def person():
    made = Person()
    take(made, government(made.world))
    take(
        made,
        made.world.trust_list(
            recognise(SCHOOL, EDUCATOR), publisher=replace(SECTOR, name="Myself"), list_id=PLACE
        ),
        delegated=True,
    )
    return made


def page(person, language=Language.EN):
    return pages.backup(Renderer(stylesheet=""), language, person.wallet).html


def test_a_delegates_list_names_who_lets_it_count_and_for_what(person):
    chosen, through = lists_in_use(person.wallet)
    assert (chosen.chosen, chosen.through) == (True, ())
    assert (through.chosen, through.publisher) == (False, "Sector")
    assert through.through == (("Registrar", ("educator",)),)
    assert list_json(through)["through"] == [{"delegator": "Registrar", "mayRecognise": ["educator"]}]


def test_the_page_says_so_in_both_languages(person):
    assert "By Sector, on behalf of Registrar." in page(person)
    assert "namens Registrar" in page(person, Language.NL)
    assert "scholen" in page(person, Language.NL)
    assert "By Registrar, chosen in this wallet." in page(person)


def test_a_lists_own_classes_are_shown_with_what_they_count_as(person):
    take(person, person.world.trust_list(recognise(SCHOOL, GUIDE), list_id="https://registrar.example/own"))
    found = next(one for one in lists_in_use(person.wallet) if one.classes)
    assert list_json(found)["classes"] == [
        {"id": "reintegration-guide", "name": dict(GUIDE.name), "countsAs": "adviser"}
    ]
    assert "Classes of its own: “Reintegration guide” (count as advisers)." in page(person)
    assert "Eigen soorten: “Re-integratiebegeleider” (tellen als begeleiders)." in page(person, Language.NL)


def test_a_delegate_that_may_give_a_class_is_shown_with_the_word_that_it_counts_as(person):
    entry = recognise(SECTOR, may_recognise=frozenset({GUIDE, EDUCATOR}), list_id=PLACE)
    take(person, person.world.trust_list(entry, version=2))
    assert lists_in_use(person.wallet)[1].through == (("Registrar", ("adviser", "educator")),)


def test_a_delegation_that_ended_is_said_to_count_for_nothing(person):
    take(person, government(person.world, 2, revoked=Revocation(NOW, "Not kept up.")))
    assert lists_in_use(person.wallet)[1].through == ()
    assert "counts for nothing" in page(person)


@pytest.fixture
def command(tmp_path):
    (tmp_path / "passphrase").write_text("een korte zin van mij\n")

    def run(*words):
        done = CliRunner().invoke(
            app,
            [*map(str, words)],
            env={
                "PASSPORT_WALLET_HOME": str(tmp_path / "wallet"),
                "PASSPORT_WALLET_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
            },
            catch_exceptions=False,
        )
        assert done.exit_code == 0, done.output
        return done.stdout

    run("init")
    return run


def test_the_command_without_a_list_shows_those_in_use(command, tmp_path):
    assert "no list yet" in command("trust", "--language", "en")
    world = World(now=datetime.now(UTC))
    path = tmp_path / "list.json"
    path.write_bytes(government(world, valid_from=world.now))
    command("trust", path)
    assert "By Registrar, chosen in this wallet." in command("trust", "--language", "en")
    path.write_bytes(world.trust_list(recognise(SCHOOL, GUIDE), version=2, valid_from=world.now))
    command("trust", path)
    assert "“Re-integratiebegeleider” (tellen als begeleiders)" in " ".join(
        command("trust", "--language", "nl").split()
    )
    [found] = json.loads(command("trust", "--json"))["lists"]
    assert (found["publisher"], found["version"], found["chosen"]) == ("Registrar", 2, True)
