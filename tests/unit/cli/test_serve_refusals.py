"""A service that can't start says why in one sentence: for its operator, not for its programmer."""

import socket

import pytest

SECRET = "k" * 44


@pytest.mark.parametrize("service", ["issuer", "verifier"])
def test_a_secret_that_others_can_read_is_refused(forked, tmp_path, service):
    for name in ("master", "bootstrap"):
        path = tmp_path / f"{name}.secret"
        path.write_text(SECRET)
        path.chmod(0o644)
    ran = forked(
        service, "serve", "--port", "0", **{f"PASSPORT_{service.upper()}_DATA_DIRECTORY": str(tmp_path)}
    )
    assert ran.code == 1
    assert ran.err.endswith("A secret file is missing, too short, or open to other users.\n")
    assert "Traceback" not in ran.err + ran.out
    assert SECRET not in ran.err + ran.out


@pytest.mark.parametrize("service", ["issuer", "verifier"])
def test_an_address_that_is_no_store_is_refused(forked, tmp_path, service):
    prefix = f"PASSPORT_{service.upper()}_"
    ran = forked(
        service,
        "serve",
        "--port",
        "0",
        **{f"{prefix}DATA_DIRECTORY": str(tmp_path / "data"), f"{prefix}MONGODB_URI": "nonsense://here"},
    )
    assert ran.code == 1
    assert ran.err.endswith("The address of the store must be mongodb://… or the word embedded.\n")
    assert "Traceback" not in ran.err + ran.out


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("PASSPORT_VERIFIER_RETENTION_DAYS", "a secret <b>", "(name PASSPORT_VERIFIER_RETENTION_DAYS)"),
        ("PASSPORT_VERIFIER_RETENTION_DAYS", "0", "(name PASSPORT_VERIFIER_RETENTION_DAYS)"),
        ("PASSPORT_VERIFIER_ALLOWED_HOSTS", "a.example", "Lists are written as JSON."),
        ("PASSPORT_ISSUER_STATUS_LIST_LIFETIME", "59", "(name PASSPORT_ISSUER_STATUS_LIST_LIFETIME)"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(forked, name, value, named):
    ran = forked(name.split("_")[1].lower(), "serve", "--port", "0", **{name: value})
    assert ran.code == 1
    assert ran.err.startswith("A setting in the environment has a value that it can't have.")
    assert ran.err.endswith(f"{named}\n")
    assert "secret" not in ran.err


@pytest.mark.parametrize("service", ["issuer", "verifier"])
def test_a_port_that_another_program_has_is_refused(forked, tmp_path, service):
    folder = {f"PASSPORT_{service.upper()}_DATA_DIRECTORY": str(tmp_path)}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in (taken.getsockname()[1], 99_999):
            ran = forked(service, "serve", "--port", str(port), **folder)
            assert ran.code == 1
            assert ran.err.endswith("Try --port.\n")
            assert "Traceback" not in ran.err + ran.out
