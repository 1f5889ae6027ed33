"""Catalogues of modules in the wallet: the newest of one publisher, and nothing of what no longer holds."""

from datetime import timedelta

import pytest

from passport.keys import generate_signer
from tests.simulators.modules import module_document
from tests.simulators.wallets import Person
from tests.unit.wallet.test_plans_kept import NEEDED, TAXONOMY, begun, load, stands
from wallet.core.plan.catalogues import catalogue_record, catalogues, forget_catalogue, lapsed
from wallet.core.plan.planning import propose, take
from wallet.errors_plan import CatalogueRollback, UnknownCatalogue


@pytest.fixture
def person():
    return Person()


def test_a_part_keeps_its_module_when_the_catalogue_is_gone(person):
    plan = begun(person)
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    forget_catalogue(person.wallet, catalogue_record("https://school.example/modules"))
    assert catalogues(person.wallet) == ()
    assert stands(person, plan).items[0].item.module.title["nl"] == "Module 1"
    with pytest.raises(UnknownCatalogue):
        forget_catalogue(person.wallet, "x")


def test_an_older_catalogue_or_another_publishers_is_refused(person):
    load(person, module_document(NEEDED[0]), version=2)
    for changes in (
        {"version": 1},
        {"version": 2, "publisher_name": "B"},
        {"version": 3, "signer": generate_signer()},
    ):
        with pytest.raises(CatalogueRollback):
            load(person, module_document(NEEDED[0]), **changes)
    load(person, module_document(NEEDED[0]), version=2)
    load(person, module_document(NEEDED[1]), version=3)
    assert [one.version for one in catalogues(person.wallet)] == [3]


def test_a_catalogue_past_its_last_day_proposes_nothing_and_is_named(person):
    plan = begun(person)
    person.world.now += timedelta(days=301)
    assert propose(person.wallet, stands(person, plan), TAXONOMY).chosen == ()
    assert [one.id for one in lapsed(person.wallet)] == ["https://school.example/modules"]
