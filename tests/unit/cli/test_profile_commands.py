"""`passport profile make|sign|check|lint|publish`."""

import pytest

from passport.evidence import parse_function_profile
from passport.json import dump, parse_object

ADDRESS = "https://employer.example/profiles/welder/latest.json"
SKILL = "http://data.europa.eu/esco/skill/00735755-adc6-4ea0-b034-b8caff339c9f"
"""Of ESCO 1.1.1."""
ASKED = {"name": {"en": "Welder", "nl": "Lasser"}, "demands": [{"skill": SKILL, "label": "weld"}]}


@pytest.fixture
def make(passport, desk):
    def run(asked=ASKED, *more, name="profile.json", key=True):
        path, signs = desk.folder / name, ("--key", desk.key) if key else ()
        content = desk.write("asked.json", asked)
        words = ("--publisher-name", "Employer", "-o", path, "--json")
        return path, passport("profile", "make", ADDRESS, content, *signs, *words, *more)

    return run


def codes(ran):
    return [each["code"] for each in ran.json["findings"]]


def test_a_file_becomes_a_signed_profile_with_the_defaults(passport, desk, make):
    path, made = make({**ASKED, "key": "welder", "purpose": "talent"})
    assert (made.code, made.json["signed"], made.json["publisher"]) == (0, True, desk.school.did)
    [demand] = parse_function_profile(path.read_bytes()).demands
    assert (demand.required, str(demand.minimum_strength)) == (True, "soft")
    checked = passport("profile", "check", path, "--json")
    assert (checked.code, checked.json["purpose"]) == (0, "talent")
    assert "1 skills" in passport("profile", "check", path).out


@pytest.mark.parametrize("junk", [{"salary": 1}, {"demands": [1]}, {"demands": {}}, {"purpose": "marketing"}])
def test_a_file_in_another_form_is_refused(make, junk):
    _, made = make({**ASKED, **junk})
    assert made.json["error"]["code"] == "malformed_function_profile"


def test_one_skill_at_two_levels_is_said_to_be_asked_twice(make):
    [demand] = ASKED["demands"]
    _, made = make({**ASKED, "demands": [{**demand, "level": 2}, {**demand, "level": 5}]})
    assert made.json["error"]["code"] == "skill_demanded_twice"


def test_made_without_a_key_and_signed_later(passport, desk, make):
    path, made = make(ASKED, "--publisher", desk.school.did, key=False)
    assert made.json["signed"] is False
    assert passport("profile", "check", path, "--json").json["error"]["code"] == "proof_missing"
    assert passport("profile", "sign", path, "--key", desk.key, "--json").json["version"] == 1
    assert passport("profile", "check", path, "--publisher", desk.school.did).code == 0
    refused = passport("profile", "check", path, "--publisher", desk.worker.did, "--json")
    assert refused.json["error"]["code"] == "unexpected_publisher"


def test_an_occupation_is_where_to_begin(passport, desk):
    from matching.bundle import load_bundle

    occupation = load_bundle().occupations.iris[0]
    path = desk.folder / "made.json"
    words = ("--key", desk.key, "--publisher-name", "Employer", "-o", path, "--json")
    made = passport("profile", "make", ADDRESS, "--occupation", occupation, *words)
    assert made.code == 0
    profile = parse_function_profile(path.read_bytes())
    assert profile.occupation == occupation
    assert len(profile.demands) == made.json["demands"] > 1
    linted = passport("profile", "lint", path, "--json")
    assert not {"lint.beyond_occupation", "lint.skill_unknown", "lint.label_differs"} & set(codes(linted))
    nothing = passport("profile", "make", ADDRESS, "--occupation", "https://x.example/1", *words)
    assert nothing.json["error"]["code"] == "unknown_occupation_asked"
    assert passport("profile", "make", ADDRESS, *words).code == 2


class TestLint:
    def test_says_what_to_do_in_two_languages(self, passport, make):
        path, _ = make({**ASKED, "demands": [{"skill": SKILL, "label": "weld", "level": 9}]})
        ran = passport("profile", "lint", path, "--no-taxonomy", "--json")
        assert ran.code == 1
        [found] = [each for each in ran.json["findings"] if each["code"] == "lint.level_above_rubric"]
        assert (found["severity"], found["skill"]) == ("error", SKILL)
        assert "Vraag een lager niveau" in found["text"]["nl"]
        assert "Ask for a lower level" in found["text"]["en"]
        assert "Niemand kan voldoen" in passport("profile", "lint", path, "-l", "nl").out

    def test_looks_at_the_trust_lists_that_are_given(self, passport, desk, make):
        hard = {"skill": SKILL, "label": "weld", "minimumStrength": "hard"}
        path, _ = make({**ASKED, "demands": [hard]})
        registrar = passport("keys", "new", desk.folder / "r.key", "--json").json["did"]
        trusted = desk.folder / "list.json"
        words = ("--key", desk.folder / "r.key", "--name", "L", "--publisher-name", "R", "-o", trusted)
        passport("trust", "make", "https://r.example/list", "did:web:a.example=employer=A", *words)
        found = passport("profile", "lint", path, "--trust", trusted, "--publisher", registrar, "--json")
        assert "lint.nobody_recognised" in codes(found)
        assert "lint.nobody_recognised" not in codes(passport("profile", "lint", path, "--json"))

    def test_nothing_to_mend(self, passport, make):
        asked = {**ASKED, "purpose": "development"}
        path, _ = make(asked)
        assert "Nothing to mend" in passport("profile", "lint", path, "--no-taxonomy").out


class TestAPublishedFolder:
    def test_has_every_version_and_an_index_that_is_checked(self, passport, desk, make):
        folder = desk.folder / "www"
        for version in ("1", "2"):
            path, _ = make(ASKED, "--version", version)
            ran = passport("profile", "publish", path, folder, "--as", "welder", "--json")
            assert (ran.code, ran.json["file"]) == (0, f"welder/versions/{version}.json")
        path, _ = make(ASKED, "--version", "1")
        again = passport("profile", "publish", path, folder, "--as", "welder", "--json")
        assert again.json["error"]["code"] == "published_already"
        checked = passport("profile", "check", folder, "--json")
        assert [each["version"] for each in checked.json] == [2]
        assert "Welder, version 2" in passport("profile", "check", folder).out

    def test_whose_files_were_changed_is_told(self, passport, desk, make):
        folder = desk.folder / "www"
        path, _ = make()
        passport("profile", "publish", path, folder, "--as", "welder")
        (folder / "welder" / "versions" / "1.json").write_bytes(b"{}")
        ran = passport("profile", "check", folder, "--json")
        assert (ran.code, ran.json[0]["error"]["code"]) == (1, "digest_mismatch")
        (folder / "welder" / "versions" / "1.json").unlink()
        ran = passport("profile", "check", folder, "--offline")
        assert ran.code == 1
        assert "✘ welder/versions/1.json" in ran.out

    def test_takes_a_profile_with_errors_only_by_choice(self, passport, desk, make):
        path, _ = make({**ASKED, "demands": [{"skill": SKILL, "label": "weld", "level": 9}]})
        words = ("profile", "publish", path, desk.folder / "www", "--as", "welder", "--json")
        assert passport(*words).json["error"]["code"] == "profile_has_errors"
        assert passport(*words, "--anyway").code == 0

    def test_takes_no_junk_for_an_index(self, passport, desk, make):
        folder = desk.folder / "www"
        folder.mkdir()
        (folder / "index.json").write_bytes(dump({"type": "X"}))
        path, _ = make()
        ran = passport("profile", "publish", path, folder, "--as", "welder", "--json")
        assert ran.json["error"]["code"] == "malformed_profile_bundle"
        assert passport("profile", "publish", path, folder, "--as", "../x").code == 2
        assert parse_object((folder / "index.json").read_bytes()) == {"type": "X"}
