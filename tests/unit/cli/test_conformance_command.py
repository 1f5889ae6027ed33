"""`passport conformance serve`: what it is told, and that it says what it is before it listens."""

import pytest
from typer.testing import CliRunner

from passport.cli import conformance
from passport.errors.conformance import ContextFileUnusable
from tests.simulators.suite_client import V2

ADDRESS = "https://example.org/context"


@pytest.fixture
def started(monkeypatch):
    """What would have been served."""
    calls = []

    def serve(app, **given):
        calls.append((app, given))

    monkeypatch.setattr("passport.web.serve", serve)
    return calls


def run(*arguments):
    return CliRunner().invoke(conformance.app, ["serve", *arguments])


def test_it_warns_and_says_where_its_entry_is(started):
    result = run("--port", "40444")
    assert result.exit_code == 0, result.output
    assert "not for use" in result.output
    assert "http://localhost:40444/implementation.json" in result.output
    (_, given) = started[0]
    assert (given["host"], given["port"], given["tls"]) == ("127.0.0.1", 40444, None)


def test_https_has_a_certificate_of_its_own(started):
    result = run("--https")
    assert "https://localhost:40443/" in result.output
    assert started[0][1]["tls"] is not None


def test_more_contexts_can_be_pinned(started, tmp_path):
    file = tmp_path / "context.json"
    file.write_text('{"@context": {"colour": "https://example.org/colour"}}')
    run("--context", f"{ADDRESS}={file}")
    assert ADDRESS in started[0][0].state.profile.contexts.known()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"@context": 7}', "{"])
def test_a_file_that_is_no_context_is_refused(started, tmp_path, text):
    file = tmp_path / "context.json"
    file.write_text(text)
    for address in (ADDRESS, ""):
        assert isinstance(run("--context", f"{address}={file}").exception, ContextFileUnusable)
    assert not started


def test_a_pinned_context_is_not_replaced(started, tmp_path):
    file = tmp_path / "context.json"
    file.write_text('{"@context": {}}')
    assert isinstance(run("--context", f"{V2}={file}").exception, ContextFileUnusable)
    assert not started
