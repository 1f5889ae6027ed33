"""What the builder writes passes the official JSON Schema of Open Badges 3.0."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from passport.credentials import parse_credential, status_entry
from passport.json import parse_object
from tests.simulators.chains import SKILL, Trade, claim, confirm, validate
from tests.simulators.exchange import NOW, Signatory

SCHOOL, WORKER = Signatory.web(1), Signatory.key(2)
URL = "https://school.example/status/"
FULL: dict[str, Any] = {
    "valid_until": NOW + timedelta(days=365),
    "evidence": [{"id": "urn:uuid:e1", "name": "Proefstuk", "genre": "assessment", "narrative": "Gelast."}],
    "related_resources": [{"id": "urn:uuid:e1", "digestMultibase": "uEiDx", "mediaType": "image/png"}],
    "status": [status_entry(url=URL + "1", index=7, purpose="revocation")],
    "results": [{"value": "8", "status": "Completed", "resultDescription": "urn:uuid:r"}],
    "role": "lasser",
    "activity_start": NOW - timedelta(days=200),
    "activity_end": NOW - timedelta(days=40),
    "source": {"id": "did:web:assessor.example", "name": "Assessor"},
    "name": "Lassen, niveau 2",
}


@pytest.fixture(scope="module")
def schema(vectors: Path) -> Draft201909Validator:
    text = (vectors / "openbadges-1edtech" / "ob_v3p0_achievementcredential_schema.json").read_bytes()
    return Draft201909Validator(parse_object(text))


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
@pytest.mark.parametrize("changes", [{}, FULL], ids=["least", "full"])
def test_a_signed_badge_passes(schema: Draft201909Validator, changes: dict[str, Any], suite: str) -> None:
    document = SCHOOL.issue(WORKER, suite=suite, **changes)
    proof = document["proof"]
    errors = list(schema.iter_errors({**document, "proof": proof if isinstance(proof, list) else [proof]}))
    assert errors == []


def test_an_unsigned_badge_passes(schema: Draft201909Validator) -> None:
    assert list(schema.iter_errors(SCHOOL.badge(WORKER, **FULL))) == []


def test_two_statuses_are_vc_2_0_but_not_this_schema(schema: Draft201909Validator) -> None:
    """OB 3.0 prints `credentialStatus` [0..1], VC 2.0 lets it be a list: only an issuer that suspends needs it."""
    entries = [status_entry(url=URL + p, index=1, purpose=p) for p in ("revocation", "suspension")]
    document = SCHOOL.badge(WORKER, status=entries)
    assert [error.json_path for error in schema.iter_errors(document)] == ["$.credentialStatus"]
    assert len(parse_credential(document).statuses) == 2


@pytest.mark.parametrize("name", ["basic.json", "complete.json", "realistic.json"])
def test_what_the_schema_accepts_the_parser_reads(
    schema: Draft201909Validator, samples: Path, name: str
) -> None:
    document = parse_object((samples / name).read_bytes())
    assert list(schema.iter_errors(document)) == []
    assert parse_credential(document).subject.achievement.name


def test_a_confirmation_with_records_and_a_validation_that_holds_it_pass(
    schema: Draft201909Validator,
) -> None:
    """`evidence` and `relatedResource` are VC 2.0 (5.3, 5.7), which the schema of Open Badges leaves open."""
    trade = Trade()
    claimed = claim(trade.holder, [SKILL])
    confirmed = confirm(trade.employer, claimed, SKILL, awarded=NOW)
    assessor = {**trade.assessor.profile, "parentOrg": trade.validator.profile}
    validated = validate(
        trade.validator, trade.holder, [SKILL], [claimed, confirmed], assessor=assessor, record=True
    )
    listed = {**confirmed, "proof": [confirmed["proof"]]}
    endorsing = {"$defs": schema.schema["$defs"], "$ref": "#/$defs/EndorsementCredential"}
    assert list(Draft201909Validator(endorsing).iter_errors(listed)) == []
    whole = {**validated, "proof": [validated["proof"]], "endorsement": [listed]}
    assert list(schema.iter_errors(whole)) == []
