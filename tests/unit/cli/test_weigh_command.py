"""`passport weigh`: what proof in files is worth, the chain of it, why, and what would raise it."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from passport.clock import utc_now
from passport.credentials.build import presentation
from passport.evidence import Demand, Purpose, Strength, build_function_profile
from passport.json import dump
from passport.proofs import add_proof
from passport.trust import Recognition
from tests.simulators.chains import claim, confirm, validate
from tests.simulators.parties import ESCO, Party, World, recognise

SKILL, OTHER = f"{ESCO}forklift", f"{ESCO}pallets"
SHEET = b"date,hours\n2026-10-01,8\n"


@dataclass
class Files:
    """A worker's claim, its confirmation with a time sheet, its validation, and the registrar's list."""

    folder: Path
    world: World
    worker: Party
    employer: Party
    trust: tuple

    def write(self, name, document):
        path = self.folder / name
        path.write_bytes(document if isinstance(document, bytes) else dump(document))
        return path


@pytest.fixture
def files(tmp_path):
    at = utc_now() - timedelta(days=20)
    world, worker, employer, office = (
        World(now=utc_now()),
        Party("A worker"),
        Party("An employer"),
        Party("An office"),
    )
    claimed = claim(worker, {SKILL: "operate a forklift", OTHER: "stack pallets"}, at=at, activity_end=at)
    confirmed = confirm(employer, claimed, SKILL, files=[SHEET], at=at)
    validated = validate(office, worker, [SKILL], [claimed, confirmed], assessor=Party("One").profile, at=at)
    made = Files(tmp_path, world, worker, employer, ())
    made.write("claim.json", claimed)
    made.write("confirmation.json", confirmed)
    made.write("validation.json", validated)
    made.write("time-sheet.csv", SHEET)
    known = [recognise(employer, Recognition.EMPLOYER), recognise(office, Recognition.VALIDATOR)]
    path = made.write("list.json", world.trust_list(*known))
    made.trust = ("--trust", path, "--publisher", world.registrar.did)
    return made


def skill_of(ran, skill=SKILL):
    [found] = [each for each in ran.json["skills"] if each["skill"] == skill]
    return found


def test_each_signed_act_hardens_the_proof(passport, files):
    one = files.folder / "claim.json"
    two = [one, files.folder / "confirmation.json"]
    three = [*two, files.folder / "validation.json"]
    for given, strength in (([one], "soft"), (two, "semi-hard"), (three, "hard")):
        ran = passport("weigh", *given, *files.trust, "--json")
        assert ran.code == 0
        assert skill_of(ran)["strengthWithout"] == strength
        assert skill_of(ran, OTHER)["strengthWithout"] == "soft"
        assert ran.json["trustLists"][0]["fresh"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_people_see_the_chain_from_hard_to_soft_and_why(passport, files, language):
    given = [files.folder / f"{name}.json" for name in ("claim", "confirmation", "validation")]
    shown = passport("weigh", *given, *files.trust, "--skill", SKILL, "--language", language).out
    said = {"en": ("It rests on:", "Why", "Hard"), "nl": ("Het steunt op:", "Waarom", "Hard")}[language]
    assert all(word in shown for word in said)
    assert shown.index("An office") < shown.index("An employer")
    assert "stack pallets" not in shown


def test_a_record_is_found_by_its_digest(passport, files):
    given = [files.folder / "claim.json", files.folder / "confirmation.json"]
    ran = passport("weigh", *given, *files.trust, "--record", files.folder / "time-sheet.csv", "--json")
    assert skill_of(ran)["links"][0]["records"] == "matches"


def test_a_folder_of_records_may_hold_others(passport, files):
    shelf = files.folder / "records"
    (shelf / "deeper").mkdir(parents=True)
    (shelf / "1").write_bytes(SHEET)
    (shelf / "2").write_bytes(b"of nothing")
    given = [files.folder / "claim.json", files.folder / "confirmation.json"]
    ran = passport("weigh", *given, *files.trust, "--record", shelf, "--json")
    assert skill_of(ran)["links"][0]["records"] == "matches"


def test_a_record_that_was_changed_is_shown_under_its_id_and_lowers(passport, files):
    given = [files.folder / "claim.json", files.folder / "confirmation.json"]
    record = json.loads(given[1].read_bytes())["evidence"][0]["id"]
    other = files.write("other.csv", b"date,hours\n2026-10-01,80\n")
    refused = passport("weigh", *given, *files.trust, "--record", other)
    assert refused.code == 1
    assert "belongs to none of the proofs" in refused.err
    ran = passport("weigh", *given, *files.trust, "--record", f"{record}={other}", "--json")
    assert skill_of(ran)["strengthWithout"] == "soft"


def test_what_is_not_genuine_is_named_and_not_weighed(passport, files):
    changed = (
        (files.folder / "confirmation.json").read_bytes().replace(b"I saw this done", b"I saw this gone")
    )
    given = [files.folder / "claim.json", files.write("changed.json", changed)]
    ran = passport("weigh", *given, *files.trust, "--json")
    assert ran.code == 1
    assert [(each["kind"], each["genuine"]) for each in ran.json["files"]] == [
        ("credential", True),
        ("endorsement", False),
    ]
    assert skill_of(ran)["strengthWithout"] == "soft"
    assert "changed.json" in passport("weigh", *given, *files.trust).out


def test_what_cannot_be_read_is_named(passport, files):
    ran = passport("weigh", files.write("broken.json", b"{"), files.write("broken.png", b"no"), "--json")
    assert ran.code == 1
    assert [each["kind"] for each in ran.json["files"]] == [None, None]
    assert ran.json["skills"] == []


def test_a_presentation_says_who_the_holder_is(passport, files):
    now = utc_now()
    held = [json.loads((files.folder / f"{name}.json").read_bytes()) for name in ("claim", "confirmation")]
    unsigned = presentation(holder=files.worker.did, credentials=held, presentation_id="urn:uuid:1")
    shown = add_proof(
        unsigned,
        signer=files.worker.signer,
        verification_method=files.worker.method,
        created=now,
        proof_purpose="authentication",
        challenge="a-challenge-of-theirs-0123456789",
        domain="https://verifier.example",
    )
    path = files.write("shown.json", shown)
    asked = ("--challenge", "a-challenge-of-theirs-0123456789", "--domain", "https://verifier.example")
    ran = passport("weigh", path, *files.trust, *asked, "--json")
    assert ran.code == 0
    assert ran.json["holder"] == files.worker.did
    assert skill_of(ran)["strengthWithout"] == "semi-hard"
    other = passport("weigh", path, *files.trust, "--json")
    assert other.code == 1
    assert other.json["holder"] is None


def test_what_is_about_somebody_else_counts_for_nothing(passport, files):
    ran = passport("weigh", files.folder / "claim.json", "--holder", Party("Another").did, "--json")
    assert skill_of(ran)["answer"] == "no"


def test_a_profile_decides(passport, files):
    now, asker = utc_now(), Party("Somebody who asks")
    demands = [Demand(SKILL, "operate a forklift", minimum_strength=Strength.SEMI_HARD)]
    profile = build_function_profile(
        profile_id="https://asker.example/profile",
        version=1,
        name={"en": "Driver"},
        publisher=asker.did,
        publisher_name=asker.name,
        purpose=Purpose.LABOUR_MARKET,
        taxonomy="ESCO",
        demands=demands,
        valid_from=now - timedelta(days=1),
        valid_until=now + timedelta(days=1),
    )
    path = files.write("profile.json", asker.sign(profile, at=now))
    given = [files.folder / "claim.json", files.folder / "confirmation.json"]
    met = passport("weigh", *given, *files.trust, "--profile", path, "--json")
    assert (met.code, met.json["met"]) == (0, "yes")
    unmet = passport("weigh", given[0], *files.trust, "--profile", path)
    assert unmet.code == 1
    assert "Semi-hard proof is asked." in unmet.out


def test_the_page_stands_alone_and_the_picture_too(passport, files):
    given = [files.folder / f"{name}.json" for name in ("claim", "confirmation", "validation")]
    page, picture = files.folder / "report.html", files.folder / "chain.svg"
    ran = passport("weigh", *given, *files.trust, "--skill", SKILL, "--html", page, "--svg", picture)
    assert ran.code == 0
    written = page.read_text()
    assert "<style>" in written
    assert "http-equiv" in written
    assert "<svg" in written
    assert "<script" not in written
    assert ET.fromstring(picture.read_text()).get("role") == "img"


def test_of_several_skills_there_are_several_pictures(passport, files):
    target = files.folder / "chain.svg"
    ran = passport(
        "weigh", files.folder / "claim.json", "--svg", target, "--html", files.folder / "p.html", "--json"
    )
    names = [Path(each).name for each in ran.json["written"]]
    assert names == ["chain-1.svg", "chain-2.svg", "p.html"]


def test_a_skill_that_is_not_there_and_nothing_at_all_are_refused(passport, files):
    refused = passport("weigh", files.folder / "claim.json", "--skill", "urn:not-there", "--json")
    assert refused.json["error"]["code"] == "unknown_skill_asked"
    empty = passport("weigh", files.write("empty.jsonl", b""), "--json")
    assert empty.json["error"]["code"] == "nothing_given"
