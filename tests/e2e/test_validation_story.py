"""From a claim to a signed credential, through six phases, over real HTTP."""

import pytest
from typer.testing import CliRunner

from passport.cli.main import build
from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.fetch import Fetcher
from passport.fetch.gather import gather_sync
from passport.verification import Context, verify_credential
from tests.simulators.validating import BREAD, DOUGH, OVEN, assessment
from tests.simulators.validation_service import validation_service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("validations")) as made:
        yield made


@pytest.fixture(scope="module")
def provider(service):
    return service.staffed()


def verified(document):
    cache = DocumentCache()
    report = gather_sync(
        lambda documents: verify_credential(document, Context(documents, utc_now())),
        cache,
        Fetcher(allow_loopback=True),
    )
    return report.require()


def test_a_claim_becomes_a_credential_that_the_wallet_takes(provider):
    asked = provider.asked(BREAD, DOUGH)
    assert asked.follow()["phase"] == "preparation"
    provider.until(asked.id, "aftercare")
    seen = asked.follow()
    assert (seen["state"], seen["phase"]) == ("recognised", "aftercare")
    document = asked.worker.wallet.claim(seen["offer"])
    badge = verified(document).credential
    assert {each.target_url for each in badge.subject.achievement.alignments} == {BREAD, DOUGH}
    assert badge.subject.id == asked.worker.did
    assert badge.subject.source.name == "The assessor"
    assert asked.claim["id"] in {each.id for each in badge.related_resources}


def test_what_was_not_recognised_appears_nowhere_in_the_credential(provider):
    asked = provider.asked(BREAD, OVEN)
    results = [
        {"skill": 0, "result": "met", "level": "3"},
        {"skill": 1, "result": "not-met", "reason": "The oven was left dirty."},
    ]
    provider.until(asked.id, "assessment")
    provider["assessor"].move(asked.id, "assess", assessment=assessment(*results))
    provider["assessor"].move(asked.id, "certify")
    seen = asked.follow()
    assert seen["state"] == "partly-recognised"
    assert seen["skills"][1]["reason"] == "The oven was left dirty."
    document = asked.worker.wallet.claim(seen["offer"])
    assert OVEN not in str(document)
    assert "oven" not in str(document)


def test_the_command_line_lists_shows_and_moves_cases(provider, tmp_path):
    asked = provider.asked(BREAD)
    key = tmp_path / "key"
    key.write_text(provider["coordinator"].api_key)
    key.chmod(0o600)

    def run(*words):
        place = ("--url", provider.url, "--api-key", str(key))
        return CliRunner().invoke(build(["issuer"]), ["issuer", "cases", *words, *place])

    listed = run("list", "--phase", "preparation")
    assert listed.exit_code == 0, listed.output
    assert asked.id in listed.output
    assert "soft, after an assessment" in run("show", asked.id).output
    moved = run("move", asked.id, "appoint-adviser", "--account", provider["adviser"].id)
    assert moved.exit_code == 0, moved.output
    assert "identification, open" in run("move", asked.id, "accept").output
    body = tmp_path / "body.json"
    body.write_text('{"identification": {"method": "video", "on": "2026-01-05"}}')
    assert "documentation, open" in run("move", asked.id, "identify", "--body", str(body)).output
    refused = run("move", asked.id, "certify")
    assert refused.exit_code != 0
    assert asked.follow()["phase"] == "documentation"
