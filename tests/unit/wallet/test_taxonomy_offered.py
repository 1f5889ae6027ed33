"""A newer list of occupations that is published: fetched by everybody, shown first, used when the person says so."""

import json
from dataclasses import replace

import pytest

from matching.bundle import load_bundle
from matching.published.index import SetKind
from matching.taxonomy.model import Retired
from matching.upgrade.personal import Stage
from passport.answers import Answer
from passport.dids.did_key import create_did_key
from passport.keys import generate_signer
from tests.simulators.desks import at_desk
from tests.simulators.parties import NOW
from tests.simulators.published import Publisher, served
from tests.simulators.taxonomies import ESSENTIAL, WELDER, newer_release, published_taxonomy
from tests.simulators.wallets import Person
from wallet.core import taxonomy_in_use as module
from wallet.core.archive import read_archive, write_archive
from wallet.core.claims_made import ClaimDraft, make_claim
from wallet.core.intake_pasts import PastDraft, PastKind, keep_past
from wallet.core.profile import profile_of
from wallet.core.published_sets import followed, stop_following
from wallet.core.taxonomy_in_use import (
    USED,
    offered_taxonomy,
    taxonomy_before,
    taxonomy_in_use,
    use_shipped,
    use_taxonomy,
)
from wallet.core.taxonomy_upgrade import offer_of, take_offer, upgrade_of, upgrade_untold
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.desk.published import follow, take_again, update
from wallet.desktop.outside import Outside
from wallet.errors_sets import NoTaxonomyOffered, TaxonomyNotChecked

SHIPPED = load_bundle()
SIGNER = generate_signer()


@pytest.fixture
def person():
    return Person()


def outside_of(person):
    return Outside(allow_loopback=True, clock=lambda: person.world.now)


def fetched(person, folder, *releases):
    publisher = Publisher(folder / "www")
    documents = [published_taxonomy(SIGNER, each) for each in releases or (newer_release(),)]
    publisher.publish({SetKind.TAXONOMY: documents}, NOW)
    with served(publisher.folder, etags=True) as there:
        return follow(outside_of(person), person.wallet, there.address)


def test_a_published_list_is_offered_and_nothing_is_counted_with_it_yet(person, tmp_path):
    assert fetched(person, tmp_path).outcomes["taxonomy"].taken == 1
    assert taxonomy_in_use(person.wallet) is SHIPPED
    offered = offered_taxonomy(person.wallet)
    assert (offered.taxonomy.name, offered.named) == ("ESCO 9.0.0", "A publisher")
    assert offered.taxonomy.publisher == create_did_key(SIGNER.public_key)
    found = offer_of(person.wallet, language="nl")
    assert (found.stage, found.release.older, found.release.newer) == (
        Stage.OFFERED,
        "ESCO 1.1.1",
        "ESCO 9.0.0",
    )


def test_the_person_takes_it_and_goes_back(person, tmp_path):
    fetched(person, tmp_path)
    assert take_offer(person.wallet).name == "ESCO 9.0.0"
    used = taxonomy_in_use(person.wallet)
    assert (used.name, taxonomy_before(person.wallet)) == ("ESCO 9.0.0", SHIPPED)
    assert offered_taxonomy(person.wallet) is None
    assert not upgrade_untold(person.wallet, used)
    assert upgrade_of(person.wallet, used, language="en").stage is Stage.MOVED
    use_shipped(person.wallet)
    use_shipped(person.wallet)
    assert taxonomy_in_use(person.wallet) is SHIPPED
    assert offered_taxonomy(person.wallet).taxonomy.name == "ESCO 9.0.0"


def test_old_credentials_still_resolve_although_the_publisher_forgot_the_older_list(person, tmp_path):
    make_claim(person.wallet, ClaimDraft(ESSENTIAL[:3], "My own words"), SHIPPED, language="en")
    before = profile_of(person.wallet)
    fetched(person, tmp_path)
    found = offer_of(person.wallet, language="en")
    assert (found.counted_before, found.counted_after) == (3, 2)
    assert [one.iri for one in found.skills] == [ESSENTIAL[0]]
    take_offer(person.wallet)
    used = taxonomy_in_use(person.wallet)
    assert {one.skill for one in profile_of(person.wallet).skills} == {one.skill for one in before.skills}
    assert used.label(ESSENTIAL[0]) == SHIPPED.label(ESSENTIAL[0])
    assert set(SHIPPED.skills.iris) | set(SHIPPED.retired) <= set(used.skills.iris) | set(used.retired)


def test_what_follows_from_past_work_is_told_the_same_before_and_after_it_is_taken(person, tmp_path):
    """The list itself says what follows from somebody's work, so it differs with the list."""
    keep_past(person.wallet, PastDraft(PastKind.WORK, (WELDER,), "2020", ""), SHIPPED)
    fetched(person, tmp_path)
    offer = offer_of(person.wallet, language="en")
    used = take_offer(person.wallet)
    told = upgrade_of(person.wallet, used, language="en")
    assert replace(told, stage=Stage.OFFERED, release=offer.release) == offer
    assert told.came == ()
    assert SHIPPED.label(ESSENTIAL[0]) in told.fell
    [work] = [one for one in told.works if one.occupation == WELDER]
    assert {reason.code for reason in work.reasons[1:]} == {"upgrade.drops-followed"}


def test_what_the_publisher_says_of_a_concept_that_went_is_followed(person, tmp_path):
    fetched(person, tmp_path, newer_release(retired=(Retired(ESSENTIAL[0], "older", ESSENTIAL[1]),)))
    used = take_offer(person.wallet)
    assert used.retired[ESSENTIAL[0]].successor == ESSENTIAL[1]


@pytest.mark.parametrize(
    ("release", "code"),
    [
        (newer_release("1.1.1"), "taxonomy_not_newer"),
        (newer_release("1.0.9"), "taxonomy_not_newer"),
        (newer_release("next"), "taxonomy_not_newer"),
        (newer_release("9." + "9" * 900), "taxonomy_not_newer"),
        (newer_release(scheme="Another"), "taxonomy_of_another"),
    ],
    ids=["same", "older", "no-number", "huge-number", "another"],
)
def test_a_list_that_can_not_take_the_place_is_counted_with_the_reason(person, tmp_path, release, code):
    assert fetched(person, tmp_path, release).outcomes["taxonomy"].left == {code: 1}
    assert offered_taxonomy(person.wallet) is None
    with pytest.raises(NoTaxonomyOffered):
        use_taxonomy(person.wallet)


def test_a_list_that_was_changed_on_the_way_is_not_offered(person, tmp_path):
    document = published_taxonomy(SIGNER)
    document["manifest"]["version"] = "9.9.9"
    publisher = Publisher(tmp_path / "www")
    publisher.publish({SetKind.TAXONOMY: [document]}, NOW)
    with served(publisher.folder, etags=True) as there:
        found = follow(outside_of(person), person.wallet, there.address)
    assert (found.outcomes["taxonomy"].taken, offered_taxonomy(person.wallet)) == (0, None)


def test_the_newest_of_several_is_offered_and_only_by_the_publisher_that_was_meant(person, tmp_path):
    fetched(person, tmp_path, newer_release("9.0.0"), newer_release("10.0.0"), newer_release("9.10.0"))
    assert offered_taxonomy(person.wallet).taxonomy.version == "10.0.0"
    with pytest.raises(NoTaxonomyOffered):
        take_offer(person.wallet, create_did_key(generate_signer().public_key))
    assert take_offer(person.wallet, create_did_key(SIGNER.public_key)).version == "10.0.0"


def test_a_host_that_can_not_check_the_signature_offers_and_does_not_use(person, tmp_path, monkeypatch):
    fetched(person, tmp_path)
    unsure = replace(offered_taxonomy(person.wallet).taxonomy, authentic=Answer.CANNOT_TELL)
    monkeypatch.setattr(module, "_read_set", lambda packed: ((b"", unsure),))
    with pytest.raises(TaxonomyNotChecked):
        take_offer(person.wallet)


def test_what_was_taken_stays_when_the_address_is_not_followed_any_more(person, tmp_path):
    one = fetched(person, tmp_path)
    take_offer(person.wallet)
    assert take_again(outside_of(person), person.wallet, one.record).outcomes["taxonomy"].taken == 1
    stop_following(person.wallet, one.record)
    assert taxonomy_in_use(person.wallet).name == "ESCO 9.0.0"
    records = read_archive(write_archive(person.wallet, with_seed=True))
    there = check_records(records, clock=person.wallet.clock, random=person.wallet.random)
    assert taxonomy_in_use(there).name == "ESCO 9.0.0"


def test_a_taken_list_that_can_not_be_read_any_more_gives_way_to_the_programs_own(person):
    person.wallet.save({(Kind.TAXONOMY, USED): b"no list"})
    assert taxonomy_in_use(person.wallet) is SHIPPED


def test_whoever_took_the_list_asks_the_same_as_who_did_not(tmp_path):
    """What is fetched follows from the index alone."""
    asked = []
    publisher = Publisher(tmp_path / "www")
    for takes in (True, False):
        person = Person()
        publisher.publish({SetKind.TAXONOMY: [published_taxonomy(SIGNER)]}, NOW)
        with served(publisher.folder, etags=True) as there:
            one = follow(outside_of(person), person.wallet, there.address)
            if takes:
                take_offer(person.wallet)
            update(outside_of(person), person.wallet, one.record)
            asked.append(there.paths)
    assert asked[0] == asked[1]


def test_the_page_and_programs_show_take_and_give_back(tmp_path):
    publisher = Publisher(tmp_path / "www")
    with at_desk(tmp_path / "wallet", quick=True) as here:
        first = here.get("/taxonomy").text
        assert "al vanaf het begin" in first
        assert "overgestapt" not in first
        assert here.post("/taxonomy/use").status_code == 404
        publisher.publish({SetKind.TAXONOMY: [published_taxonomy(SIGNER)]}, NOW)
        with served(publisher.folder, etags=True) as there:
            assert "nieuwere lijst" in here.post("/sets", address=there.address).text
        assert "nieuwere lijst" in here.get("/").text
        page = here.get("/taxonomy").text
        assert "als u de nieuwe lijst gebruikt" in page
        assert create_did_key(SIGNER.public_key) in page
        assert "overgestapt van ESCO 1.1.1 naar ESCO 9.0.0" in here.post("/taxonomy/use").text
        assert "nieuwere lijst" not in here.get("/").text
        assert here.get(f"/match/occupation?iri={WELDER}").is_success
        assert here.get("/match").is_success
        assert "als u de nieuwe lijst gebruikt" in here.post("/taxonomy/shipped").text
        said = here.client.put("/api/taxonomy/offered").json()
        assert (said["inUse"]["name"], said["offered"], said["stage"]) == ("ESCO 9.0.0", None, "moved")
        said = here.client.delete("/api/taxonomy/offered").json()
        assert (said["inUse"]["name"], said["offered"]["name"], said["stage"]) == (
            "ESCO 1.1.1",
            "ESCO 9.0.0",
            "offered",
        )
        assert json.dumps(said)
        with here.desk.wallet() as wallet:
            assert len(followed(wallet)) == 1
