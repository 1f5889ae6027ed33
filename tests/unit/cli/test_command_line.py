"""The whole command line: exit codes, one sentence for a refusal, JSON for programs, no traceback ever."""

import json
from importlib.metadata import version

import pytest

from passport.cli.main import COMMANDS, GROUPS


def test_done_is_0(process, desk):
    ran = process("verify", desk.signed)
    assert (ran.code, ran.err) == (0, "")
    assert "✔" in ran.out


def test_it_says_which_version_it_is(passport):
    assert passport("--version").out == f"skills-passport {version('skills-passport')}\n"


def test_refused_is_1_with_one_sentence(process, tmp_path):
    (tmp_path / "x.json").write_text("nonsense")
    ran = process("status", "show", "x.json")
    assert (ran.code, ran.out, ran.err) == (1, "", "This is not valid JSON (RFC 8259, UTF-8).\n")


def test_refused_is_1_with_an_object_for_programs(process, tmp_path):
    (tmp_path / "x.json").write_text("nonsense")
    ran = process("status", "show", "x.json", "--json")
    assert (ran.code, ran.err) == (1, "")
    assert ran.json == {
        "error": {"code": "malformed_json", "message": "This is not valid JSON (RFC 8259, UTF-8)."}
    }


@pytest.mark.parametrize(
    "words",
    [
        ("nothing",),
        ("verify",),
        ("verify", "missing.json"),
        ("keys",),
        ("keys", "nothing"),
        ("keys", "new", "a.key", "--type", "RSA"),
        ("bench", "--seconds", "0"),
        ("verify", "--nothing"),
    ],
)
def test_wrong_use_is_2(passport, words):
    ran = passport(*words)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_a_file_that_cannot_be_written_is_one_sentence(passport, tmp_path):
    ran = passport("keys", "new", tmp_path / "missing" / "a.key")
    assert (ran.code, ran.out) == (1, "")
    missing = tmp_path / "missing" / "a.key"
    assert ran.err == f"A file or address could not be used: No such file or directory ({missing}).\n"
    ran = passport("keys", "new", tmp_path / "missing" / "a.key", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "file_or_address"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_with_few_letters_is_no_reason_to_stop(process, desk, encoding):
    ran = process("verify", desk.signed, PYTHONIOENCODING=encoding)
    assert (ran.code, ran.err) == (0, "")
    assert "+ good" in ran.out


def test_a_large_file_is_refused_before_it_is_read(passport, tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(10**12)
    ran = passport("status", "show", path, "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "too_large"


@pytest.mark.parametrize("name", [*GROUPS, *COMMANDS])
def test_every_command_explains_itself(passport, name):
    ran = passport(name, "--help")
    assert ran.code == 0
    assert "Usage: passport " in ran.out


def test_all_commands_are_listed(process):
    ran = process("--help")
    assert ran.code == 0
    for name in (*GROUPS, *COMMANDS):
        assert f" {name} " in ran.out


def test_matching_loads_no_web_server(process):
    ran = process("taxonomy", "info", "--json", PYTHONPROFILEIMPORTTIME="1")
    assert ran.code == 0
    assert "passport.terminal" in ran.err
    for heavy in ("fastapi", "uvicorn", "beanie", "pymongo"):
        assert f" {heavy}\n" not in ran.err


def test_what_a_stranger_wrote_takes_no_terminal_over(passport, desk):
    name = "Nice \x1b[2J\u202egnihton [bold]badge[/] [/nothing]\n  ✔ 9. Checked twice\r\x9b"
    badge = desk.school.issue(desk.worker, {"x:1": name}, name=name)
    path = desk.write("[red]badge[bold].json", badge)
    shown = passport("verify", path)
    assert shown.code == 0
    assert not set("\x1b\x9b\u202e\r") & set(shown.out)
    assert "[bold]badge[/] [/nothing]" in shown.out
    assert "[red]badge[bold].json" in shown.out
    assert not any(line.startswith("  ✔ 9.") for line in shown.out.splitlines())
    assert json.loads(passport("verify", path, "--json").out)[0]["names"] == [name]
