"""A renewed list of occupations is told once, explained for the person, and asks nothing of them."""

import json
import secrets

import pytest

from matching.bundle import load_bundle, load_previous
from matching.taxonomy.model import Grade
from tests.simulators.desks import at_desk
from wallet.core.chosen_work import choose_work
from wallet.core.claims_made import ClaimDraft, make_claim
from wallet.core.taxonomy_upgrade import keep_release_seen, release_seen, upgrade_of, upgrade_untold
from wallet.core.trial import check_records
from wallet.core.wallet import Kind
from wallet.errors import MalformedBackup

RADIOGRAPHER = "http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"


@pytest.fixture(scope="module")
def new():
    return load_bundle()


@pytest.fixture(scope="module")
def old():
    return load_previous()


@pytest.fixture(scope="module")
def desk(tmp_path_factory, old):
    with at_desk(tmp_path_factory.mktemp("taxonomy") / "wallet") as here:
        with here.desk.wallet() as wallet:
            draft = ClaimDraft(old.skills_of(RADIOGRAPHER, Grade.ESSENTIAL)[:12], "Work with radiation")
            make_claim(wallet, draft, old, language="en")
        yield here


@pytest.fixture
def wallet(desk):
    with desk.desk.wallet() as here:
        yield here


def test_a_wallet_with_credentials_of_an_older_release_has_something_to_tell(desk, wallet, new, old):
    assert release_seen(wallet) == ""
    assert upgrade_untold(wallet, new)
    assert not upgrade_untold(wallet, old)


def test_old_credentials_still_resolve_and_the_old_work_went_where_it_went(wallet, new):
    found = upgrade_of(wallet, new, language="nl")
    assert (found.release.older, found.release.newer) == ("ESCO 1.1.0", "ESCO 1.1.1")
    assert (found.counted_before, found.counted_after) == (12, 12)
    assert RADIOGRAPHER in {work.occupation for work in found.works if work.into_label}


def test_the_work_that_somebody_chose_is_always_told(wallet, new):
    chosen = new.occupations.iris[7]
    choose_work(wallet, chosen, new)
    assert chosen in {work.occupation for work in upgrade_of(wallet, new, language="en").works}


def test_the_page_says_it_in_both_languages_until_the_person_saw_it(desk):
    assert "/taxonomy" in desk.get("/").text
    page = desk.get("/taxonomy").text
    assert "therapeutic radiographer is samengevoegd met radiotherapeut" in page
    assert "1 samengevoegd" in page
    english = desk.client.get("/taxonomy", headers={"Accept-Language": "en"}).text
    assert "Nothing changed in this work." in english
    assert desk.post("/taxonomy/seen").is_success
    assert "/taxonomy/seen" not in desk.get("/taxonomy").text
    assert "vernieuwd" not in desk.get("/").text


def test_programs_of_the_person_get_the_same_as_json(desk, new, old):
    found = desk.client.get("/api/taxonomy").json()
    assert found["untold"] is False
    assert found["sentences"][0].startswith("Uw wallet is overgestapt")
    assert json.dumps(found)
    with desk.desk.wallet() as wallet:
        keep_release_seen(wallet, old)
    assert desk.client.get("/api/taxonomy").json()["untold"] is True
    assert desk.client.put("/api/taxonomy/seen").status_code == 204
    with desk.desk.wallet() as wallet:
        assert release_seen(wallet) == new.name


def test_an_occupation_is_shown_in_the_other_list_with_its_match_type(desk):
    member = "http://data.europa.eu/esco/occupation/5bca96fd-4203-400b-be58-9e9b50bc98da"
    page = desk.get(f"/match/occupation?iri={member}").text
    assert "Chief Executives" in page
    assert "ruimer" in page
    assert "USDOL/ETA" in page


@pytest.mark.parametrize("data", [b"null", b"{}", b"[]", b"7", b"\xff"])
def test_a_backup_with_a_broken_note_of_what_was_seen_is_refused(wallet, data):
    records = {(Kind.SETTING, "taxonomy-seen"): data}
    with pytest.raises(MalformedBackup):
        check_records(records, clock=wallet.now, random=secrets.token_bytes)
