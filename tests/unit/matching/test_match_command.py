"""`passport match` and `passport taxonomy`, as people and programs call them."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest
import typer
from typer.testing import CliRunner

from matching.cli import taxonomy
from matching.cli_match import match
from matching.errors import (
    SkillsFileUnreadable,
    TaxonomyFileMissing,
    TooManySkills,
    UnknownOccupation,
    WhichOccupation,
)
from matching.limits import PROFILE
from matching.skills_file import parse_skills
from matching.taxonomy.model import Grade
from passport.evidence.demand import Demand, Purpose
from passport.evidence.profile import build_function_profile
from passport.json import dump
from tests.simulators.competentnl import SYNTHETIC


def run(command, *arguments, refused=None):
    app = typer.Typer()
    if command == "match":
        app.command("match")(match)
        app.command("other")(lambda: None)
        arguments = ("match", *arguments)
    else:
        app.add_typer(taxonomy, name="taxonomy")
        arguments = ("taxonomy", command, *arguments)
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if refused:
        assert isinstance(result.exception, refused)
        return ""
    assert result.exit_code == 0, result.output
    return result.output


def test_match_by_labels_ranks_all_work():
    found = json.loads(run("match", "python", "Java", "--top", 3, "--json"))
    assert found["taxonomy"] == "ESCO 1.1.1"
    assert [one["place"] for one in found["occupations"]] == [1, 2, 3]
    assert found["suggestions"] == {}


def test_a_label_that_is_not_exact_is_asked_back_and_not_counted():
    found = json.loads(run("match", "weldign", "--json", "--top", 1))
    assert found["occupations"][0]["score"] == 0
    assert len(found["suggestions"]["weldign"]) == 3
    assert "Did you mean: join metals; plastic welding" in run("match", "weldign")


def test_a_file_with_weights_and_strengths(tmp_path, esco):
    occupation = esco.occupations.iris[3]
    listed = [
        {"skill": skill, "weight": 0.5, "strength": "hard"}
        for skill in esco.skills_of(occupation, Grade.ESSENTIAL)
    ]
    path = tmp_path / "skills.json"
    path.write_text(json.dumps({"skills": [*listed, "http://x/1"]}))
    ranked = json.loads(run("match", "--file", path, "--json"))
    assert ranked["occupations"][0]["occupation"] == occupation
    assert ranked["unknown"] == ["http://x/1"]
    beside = json.loads(run("match", "--file", path, "--occupation", occupation, "--json"))
    assert beside["essential"]["met"] == beside["essential"]["of"] == len(listed)
    assert {one["strength"] for one in beside["overlap"]} == {"hard"}
    assert "[hard]" in run("match", "--file", path, "--occupation", occupation)


def test_an_occupation_by_title_with_a_picture(tmp_path):
    picture = tmp_path / "overlap.svg"
    shown = run("match", "python", "--occupation", "software developer", "--picture", picture)
    assert "You have 0 of the 24 essential skills of software developer." in shown
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_people_see_tables_in_their_language():
    assert "Nederlands" in run("search", "Nederlands", "-l", "nl")
    assert "ESCO 1.1.1" in run("info")
    assert run("search", "qqqqzzzz").startswith("Nothing found.")
    assert "Not counted" in run("match", "http://x/1", "python", "--top", 1)


def test_an_unknown_occupation_is_refused():
    run("match", "python", "--occupation", "http://x/none", refused=UnknownOccupation)
    run("match", "python", "--occupation", "qqqqzzzz", refused=UnknownOccupation)


def test_a_title_that_is_not_exact_is_asked_back_and_no_work_is_guessed():
    run("match", "python", "--occupation", "weldr", refused=WhichOccupation)
    run("match", "--near", "lasr", "-l", "nl", refused=WhichOccupation)


def test_the_build_step_gives_the_same_content_and_signs_the_moment_that_is_asked_for(shared_data, tmp_path):
    from passport.key_files import write_key_file
    from passport.keys import generate_signer

    write_key_file(tmp_path / "key", generate_signer())
    esco, dutch = shared_data / "esco", shared_data / "esco-nl"
    common = ("--esco", esco, "--dutch", dutch, "--release", "1.1.0", "--key", tmp_path / "key")
    made = json.loads(run("build", *common, "--out", tmp_path / "a", "--json"))
    assert made["occupations"] == 3008
    assert "ESCO 1.1.0" in run("build", *common, "--out", tmp_path / "b", "--created", "2022-05-06T00:00:00Z")
    assert (tmp_path / "a" / "bundle.bin").read_bytes() == (tmp_path / "b" / "bundle.bin").read_bytes()
    assert (tmp_path / "a" / "manifest.json").read_bytes() != (tmp_path / "b" / "manifest.json").read_bytes()


def test_every_name_of_a_skill_in_a_file_is_read():
    data = (
        b'["a", {"iri": "b"}, {"targetUrl": "c"}, {"id": "d", "weight": 0.1}, {"skill": "a", "weight": 0.2}]'
    )
    assert parse_skills(data).weights == {"a": 1.0, "b": 1.0, "c": 1.0, "d": 0.1}


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"1", b"[1]", b"[{}]", b'[{"skill": 1}]', b'[{"skill": "a", "weight": true}]',
     b'[{"skill": "a", "weight": "1"}]', b'[{"skill": "a", "strength": 1}]', b'{"skills": "a"}', b'["a"] x'],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(data):
    with pytest.raises(SkillsFileUnreadable):
        parse_skills(data)


def test_a_file_of_more_skills_than_a_profile_may_have_is_told_from_one_of_another_shape():
    most = [f"urn:x:{number}" for number in range(PROFILE.skills)]
    assert len(parse_skills(dump(most)).weights) == PROFILE.skills
    for count in (PROFILE.skills + 1, 10_000, 200_000):
        with pytest.raises(TooManySkills):
            parse_skills(dump(["urn:x"] * count))


def test_two_releases_are_compared_without_the_archives():
    found = json.loads(run("diff", "1.1.0", "1.1.1", "--json"))
    assert (found["older"], found["newer"]) == ("ESCO 1.1.0", "ESCO 1.1.1")
    assert found["counts"]["skills"]["appeared"] == 5
    assert "therapeutic radiographer" in run("diff", "1.1.0", "1.1.1")


def test_a_person_sees_what_an_upgrade_means_for_them(tmp_path, esco):
    listed = tmp_path / "skills.json"
    listed.write_text(json.dumps(list(esco.skills.iris[:3000:100])), encoding="utf-8")
    found = json.loads(run("diff", "1.1.0", "ESCO 1.1.1", "--skills", listed, "--json", "-l", "nl"))
    assert found["sentences"][0].startswith("Uw wallet is overgestapt")
    assert found["occupations"][0]["sentences"]
    assert "plaats" in run("diff", "1.1.0", "1.1.1", "--skills", listed, "-l", "nl")


def test_a_release_that_is_not_at_hand_is_said():
    run("diff", "9.9.9", "1.1.1", refused=TaxonomyFileMissing)


def test_a_release_may_be_the_folder_of_a_bundle():
    folder = files("matching") / "data"
    assert json.loads(run("diff", folder, "1.1.1", "--json"))["relationsChanged"] == 0


def test_what_is_shipped_of_onet_is_told():
    found = json.loads(run("onet", "info", "--json"))
    assert (found["taxonomy"], found["occupations"], found["items"]) == ("O*NET 29.3", 879, 68)
    assert "USDOL/ETA" in run("onet", "info")


def test_competentnl_becomes_a_signed_bundle_that_can_be_compared(tmp_path):
    written = tmp_path / "made-up.ttl"
    written.write_text(SYNTHETIC, encoding="utf-8")
    options = ("--release", "made-up", "--created", "2026-01-02T00:00:00Z")
    found = json.loads(run("competentnl", written, *options, "--out", tmp_path / "b", "--json"))
    assert (found["occupations"], found["skills"], found["matches"]) == (2, 6, 2)
    assert found["dropped"]["broader-in-a-circle"] == 1
    assert "Dropped" in run("competentnl", written, *options, "--out", tmp_path / "b")
    folder = tmp_path / "b"
    assert json.loads(run("diff", folder, folder, "--json"))["newer"] == "CompetentNL made-up"


def test_an_occupation_is_shown_in_the_other_list_with_its_match_type():
    found = json.loads(run("match", "Java", "--occupation", "member of parliament", "--json"))
    (other,) = found["crosswalk"]
    assert (other["code"], other["match"]) == ("11-1011.00", "broad")
    assert "Chief Executives (broad match)" in run("match", "Java", "--occupation", "member of parliament")


def test_near_work_is_listed_and_drawn(tmp_path, esco):
    path = tmp_path / "near.svg"
    found = json.loads(run("match", "--near", "welder", "--top", 3, "--picture", path, "--json"))
    assert found["label"] == "welder"
    assert [one["place"] for one in found["occupations"]] == [1, 2, 3]
    assert found["near"] not in {one["occupation"] for one in found["occupations"]}
    assert {one["closeness"] for one in found["occupations"]} <= {"very-close", "close"}
    assert "prefers-color-scheme" in path.read_text(encoding="utf-8")
    assert found["occupations"][0]["label"] in run("match", "--near", "welder")


def test_the_places_of_a_ranking_have_intervals_and_a_map(tmp_path, esco):
    path = tmp_path / "map.svg"
    skills = esco.skills_of(esco.occupations.iris[3], Grade.ESSENTIAL)[:6]
    found = json.loads(run("match", *skills, "--top", 2, "--picture", path, "--json"))
    for one in found["occupations"]:
        assert one["interval"]["best"] <= one["place"] <= one["interval"]["worst"]
    assert path.is_file()


def test_several_occupations_and_profiles_stand_beside_each_other(tmp_path, esco):
    skills = esco.skills_of(esco.occupations.iris[3], Grade.ESSENTIAL)[:4]
    members = {
        "profile_id": "https://employer.example/p/1",
        "version": 1,
        "name": {"en": "Shift leader"},
        "publisher": "did:web:employer.example",
        "publisher_name": "Employer",
        "purpose": Purpose.LABOUR_MARKET,
        "taxonomy": "ESCO 1.1.1",
        "valid_from": datetime(2026, 1, 1, tzinfo=UTC),
        "valid_until": datetime(2027, 1, 1, tzinfo=UTC),
    }
    demands = [Demand(skills[0], "one", level=3), Demand("urn:x", "two", required=False)]
    path = tmp_path / "p.json"
    path.write_bytes(dump(build_function_profile(**members, demands=demands)))
    beside = ("--occupation", "welder", "--occupation", esco.occupations.iris[3], "--profile", path)
    found = json.loads(run("match", *skills, *beside, "--json"))["comparisons"]
    assert [one["label"] for one in found] == ["welder", esco.label(esco.occupations.iris[3]), "Shift leader"]
    assert found[2]["essential"] == {"met": 1, "of": 1}
    assert "Shift leader" in run("match", *skills, *beside)
