"""What publishers of modules, and whoever made a file, could try on a plan."""

from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.limits import PLAN
from matching.plan.catalogue import parse_module_catalogue
from matching.plan.errors import MalformedModuleCatalogue
from matching.taxonomy.model import Grade
from passport.errors import PassportError
from passport.json import dump, parse_object
from passport.keys import generate_signer
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import NOW, Party, status_entry
from tests.simulators.wallets import Person
from wallet.core.archive import read_archive, write_archive
from wallet.core.plan.agenda import plan_calendar
from wallet.core.plan.catalogues import catalogues, keep_catalogue, verify_catalogue
from wallet.core.plan.planning import change_item, make_plan, propose, take
from wallet.core.plan.plans import plan_kept
from wallet.core.plan.standing import standing
from wallet.core.plan.target import occupation_target
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.errors import MalformedBackup

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
NEEDED = TAXONOMY.skills_of(WELDER, Grade.ESSENTIAL)
ENDS = "https://school.example/achievements/1"


@pytest.fixture
def person():
    return Person()


def load(person, *modules, **changes):
    source = catalogue_source(modules, now=person.world.now, **changes)
    keep_catalogue(person.wallet, verify_catalogue(person.wallet, source, person.world.cache), source)


def begun(person):
    return make_plan(person.wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)


def stands(person, plan):
    return standing(person.wallet, plan_kept(person.wallet, plan.id), TAXONOMY, language="nl")


def test_another_publisher_does_not_put_itself_in_the_place_of_a_schools_module(person):
    plan = begun(person)
    load(person, module_document(*NEEDED[:3], provider="A school", cents=100))
    load(
        person,
        module_document(*NEEDED[:3], provider="A thief", cents=99_999),
        catalogue_id="https://a.example/first-by-name",
        signer=generate_signer(),
    )
    [chosen] = propose(person.wallet, stands(person, plan), TAXONOMY).chosen
    assert chosen.module.provider == "A school"
    made = take(person.wallet, plan.id, TAXONOMY, modules=[chosen.offered.key])
    assert made.items[0].module.provider == "A school"


def test_a_badge_of_the_right_achievement_by_anybody_closes_only_what_it_names_and_stays_soft(person):
    """Whoever knows the id of an achievement can sign it: the plan shows who did, and how strong it is."""
    plan = begun(person)
    load(person, module_document(*NEEDED[:3], achievement=ENDS))
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    person.take(Party("Nobody").issue(person.wallet.did, NEEDED[:1], achievement={"id": ENDS}))
    [item] = stands(person, plan).items
    assert item.closed == 1
    assert not item.needless
    assert item.steps[0].closed.strength == "soft"
    assert item.steps[0].closed.sources[0].name == "Nobody"


def test_a_revoked_credential_opens_its_gap_again(person):
    plan = begun(person)
    load(person, module_document(*NEEDED[:1], achievement=ENDS))
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    school, url = Party("A school"), "https://school.example/status/1"
    person.world.publish(school.status_list(url))
    person.take(
        school.issue(person.wallet.did, NEEDED[:1], achievement={"id": ENDS}, status=[status_entry(url, 7)])
    )
    assert stands(person, plan).items[0].credential is not None
    person.world.now += timedelta(minutes=5)
    person.world.publish(school.status_list(url, revoked=[7], at=person.world.now))
    person.wallet.keep_documents(person.world.cache)
    assert stands(person, plan).items[0].credential is None
    assert stands(person, plan).items[0].status == "planned"


def test_somebody_elses_badge_of_the_achievement_finishes_no_part(person):
    plan = begun(person)
    load(person, module_document(*NEEDED[:1], achievement=ENDS))
    take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    with pytest.raises(PassportError):
        person.take(Party("A school").issue(Party("Another"), NEEDED[:1], achievement={"id": ENDS}))
    assert stands(person, plan).items[0].credential is None


def test_no_note_and_no_title_begins_an_event_in_the_calendar(person):
    plan = begun(person)
    title = "x; ATTENDEE:mailto:boss@evil.example, \\n"
    load(person, module_document(NEEDED[0], title={"nl": title}, starts=[{"first": "2099-01-01"}]))
    made = take(person.wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"])
    note = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:https://evil.example"
    item = made.items[0]
    change_item(person.wallet, plan.id, item.id, first=item.first, note=note)
    lines = plan_calendar(person.wallet, stands(person, plan), "nl").decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert not any(line.startswith(("ATTENDEE", "ATTACH")) for line in lines)


@pytest.mark.parametrize("mark", ["\r", "\n", "\x00", "\u202e", "\x1b"])
def test_a_title_that_moves_text_is_no_title(mark):
    document = parse_object(catalogue_source([module_document(NEEDED[0])], now=NOW))
    document["modules"][0]["title"]["nl"] = f"x{mark}y"
    with pytest.raises(MalformedModuleCatalogue):
        parse_module_catalogue(document)


def test_a_catalogue_of_more_than_anybody_offers_is_refused():
    document = parse_object(catalogue_source([module_document(NEEDED[0])], now=NOW))
    one = document["modules"][0]
    document["modules"] = [one | {"id": f"urn:m:{number}"} for number in range(PLAN.modules + 1)]
    with pytest.raises(MalformedModuleCatalogue):
        parse_module_catalogue(document)


def test_a_free_module_of_no_hours_is_not_preferred_without_end(person):
    """Thousands of them: one is enough, and the page is there in time."""
    plan = begun(person)
    load(person, *(module_document(*NEEDED[:5], number=number, hours=0, cents=0) for number in range(1_500)))
    proposed = propose(person.wallet, stands(person, plan), TAXONOMY)
    assert len(proposed.chosen) == 1


def test_a_catalogue_whose_signature_is_damaged_in_the_vault_proposes_nothing(person):
    plan = begun(person)
    load(person, module_document(NEEDED[0]))
    [(record, source)] = person.wallet.vault.of_kind(Kind.CATALOGUE).items()
    changed = parse_object(source)
    changed["modules"][0]["cents"] = 1
    person.wallet.save({(Kind.CATALOGUE, record): dump(changed)})
    assert catalogues(person.wallet) == ()
    assert propose(person.wallet, stands(person, plan), TAXONOMY).chosen == ()


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", '{"target": {"occupation": 1}}', '{"target": null, "made": "now"}', "\u0000", "[" * 2_000],
)
@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.CATALOGUE, Kind.OUTCOME])
def test_a_backup_with_a_broken_plan_shuts_nobody_out(person, kind, text):
    records = dict(read_archive(write_archive(person.wallet, with_seed=True)))
    record = "counts" if kind == Kind.OUTCOME else "1"
    with pytest.raises(MalformedBackup):
        check_records(
            {**records, (kind, record): text.encode()},
            clock=lambda: person.world.now,
            random=person.wallet.random,
        )
