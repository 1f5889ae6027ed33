"""`passport wallet intake`, as people and programs call it: all that the pages do, without the pages."""

import json

import pytest
from typer.testing import CliRunner

from passport.cli.speaking import refusal
from passport.errors import PassportError
from passport.texts import Language
from wallet.desktop.cli import app
from wallet.desktop.sodium import Sodium

WORDS = "I operate a forklift. I handle customer complaints."
TICKED = "handle customer complaints"


def _at_its_least_cost(sodium, passphrase, salt, *, _derive=Sodium.derive, **cost):
    """Argon2id, for two dozen commands that each open the wallet."""
    del cost
    return _derive(sodium, passphrase, salt, memory=8, passes=1, lanes=1)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Runs a command on one wallet of this file; what it says, as JSON or as text."""
    folder = tmp_path_factory.mktemp("intake-commands")
    secret = folder / "passphrase"
    secret.write_text("een korte zin van mij\n", encoding="utf-8")
    around = {
        "PASSPORT_WALLET_HOME": str(folder / "wallet"),
        "PASSPORT_WALLET_PASSPHRASE_FILE": str(secret),
        "PASSPORT_LANGUAGE": "nl",
    }

    def run(*words, refused="", text=""):
        done = CliRunner().invoke(app, words, env=around, input=text)
        if refused:
            assert isinstance(done.exception, PassportError), done.output
            assert done.exception.code == refused
            return refusal(done.exception, Language.NL)
        assert done.exit_code == 0, (done.output, done.exception)
        return json.loads(done.stdout) if "--json" in words else done.stdout

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(Sodium, "derive", _at_its_least_cost)
        run("init")
        yield run


def test_past_work_is_added_by_its_whole_title_in_either_language_and_changed(said):
    made = said("intake", "add", "work", "welder", "--since", "2001", "--until", "2009", "--json")
    assert made["occupations"][0]["label"] == "lasser"
    said("intake", "add", "work", "weldr", "--since", "2001", refused="which_occupation")
    said("intake", "add", "work", "????", "--since", "2001", refused="unknown_occupation")
    changed = said("intake", "change", made["id"][:8], "--until", "", "--title", "werkplaats", "--json")
    assert (changed["id"], changed["since"], changed["until"]) == (made["id"], 2001, None)
    assert changed["title"] == "werkplaats"
    said("intake", "forget", made["id"][:8])
    assert said("intake", "past", "--json") == {"past": []}


def test_a_working_day_offers_skills_and_keeps_only_what_is_ticked(said):
    found = said("intake", "text", "-", "--json", text=WORDS)
    assert TICKED in {one["label"] for one in found["skills"]}
    assert {one["quote"] for one in found["skills"]} == {
        "I operate a forklift",
        "I handle customer complaints",
    }
    assert said("intake", "skills", "--json") == {"skills": [], "not": []}
    assert "[x] handle customer complaints" in said("intake", "text", WORDS, "--tick", TICKED, "--level", "4")
    (kept,) = said("intake", "skills", "--json")["skills"]
    assert (kept["label"], kept["level"], kept["kind"]) == (TICKED, 4, "ticked")
    said("intake", "text", WORDS, "--tick", "weld steel", refused="which_skill")
    said("intake", "text", WORDS, "--tick", "qqqqqqqq", refused="unknown_skill")


def test_dutch_words_are_shown_beside_the_skills_that_they_found(said):
    shown = said("intake", "text", "Ik pak dozen in en rijd op de heftruck")
    assert "[ ] pack goods  (pak dozen in)" in shown
    assert "[ ] operate forklift  (rijd heftruck)" in shown
    assert "heftruckchauffeur" in shown


@pytest.mark.parametrize(
    ("words", "code", "near"),
    [
        (
            ("intake", "tick", "heftruk rijden"),
            "which_skill",
            "operate forklift  http://data.europa.eu/esco/skill/",
        ),
        (("claim", "add", "--skill", "vakken vullen"), "which_skill", "stock shelves  http"),
        (("assess", "Duitss"), "which_skill", "Duits  http"),
        (("match", "--choose", "lasr"), "which_occupation", "lasser  http://data.europa.eu/esco/occupation/"),
        (("intake", "tick", "http://data.europa.eu/esco/skill/none"), "unknown_skill", ""),
        (("assess", "xqxqxq"), "unknown_skill", ""),
        (("explain", "xqxqxq"), "unknown_skill", ""),
        (("explain", "handle customer compliants"), "which_skill", TICKED),
    ],
)
def test_a_name_that_is_not_there_is_answered_by_those_that_come_close(said, words, code, near):
    if words == ("explain", "handle customer compliants"):
        said("assess", TICKED)
    answer = said(*words, refused=code)
    assert near in answer
    assert not near or answer.startswith("Geen")


def test_a_vacancy_is_compared_with_and_adds_nothing(said):
    made = said("intake", "vacancy", WORDS, "--tick", TICKED, "--tick", "operate forklift", "--json")
    assert made["essential"]["of"] == 2
    assert {one["label"]: one["has"] for one in made["asks"]}["operate forklift"] is False
    assert len(said("intake", "skills", "--json")["skills"]) <= 1
    assert "kunt u al" in said("intake", "vacancies")
    assert said("intake", "vacancies", "--forget", made["id"][:8], "--json") == {"vacancies": []}


def test_wishes_are_said_part_by_part_and_forgotten(said):
    said("intake", "wishes", "--hours", "32", "--note", "rustig werk")
    found = said(
        "intake", "wishes", "--motive", "calm", "--attitude", "promises=5", "--travel", "45", "--json"
    )
    assert found["motives"]["chosen"] == ["calm"]
    assert found["attitude"]["levels"] == {"promises": 5}
    assert {name: found["wishes"][name] for name in ("hours", "travel", "note")} == {
        "hours": 32,
        "travel": 45,
        "note": "rustig werk",
    }
    assert "rustig werk" in said("intake", "wishes")
    said("intake", "wishes", "--attitude", "promises", refused="not_a_level")
    empty = said("intake", "wishes", "--forget", "--json")
    assert empty == {"motives": None, "attitude": None, "wishes": None}


def test_answers_give_work_and_a_visit_that_never_was_has_no_log(said):
    answers = [f"2.C.4.{letter}={level}" for letter, level in zip("abcdefg", "5432154", strict=True)]
    said("intake", "answer", *answers, "2.C.10=1", "2.C.6=2", "2.C.7.b=3")
    assert len(said("intake", "result", "--json")["work"]) == 10
    assert said("intake", "advice", "--json") == {"visits": [], "proposals": []}
    said("intake", "advice", "--accept", "0", refused="unknown_record")


def test_work_is_compared_kept_and_left_by_its_title(said):
    assert "lasser: " in said("match", "--occupation", "welder")
    assert said("match", "--near", "lasser", "--most", "1")
    assert "lasser: " in said("match", "--choose", "lasser")
    assert "lasser: " not in said("match", "--leave", "welder")
    said("match", "--occupation", "lassser", refused="which_occupation")
