"""A presentation holds 1 to 16 credentials as JSON objects and names its holder (A26)."""

from typing import Any

import pytest

from passport.credentials import parse_presentation
from passport.credentials.build import presentation
from passport.errors import JsonTooLarge, PassportError
from passport.errors import credentials as refusals
from passport.errors.jsonld import TooManyItems
from tests.simulators.exchange import PRESENTATION_ID, Signatory

WORKER = Signatory.key(2)
BADGE = Signatory.key(1).badge(WORKER)


def shown(**changes: Any) -> dict[str, Any]:
    document = presentation(holder=WORKER.did, credentials=[BADGE], presentation_id=PRESENTATION_ID)
    merged = {**document, **changes}
    return {name: value for name, value in merged.items() if value is not ...}


def test_holder_and_credentials_are_read() -> None:
    found = parse_presentation(shown())
    assert (found.holder, found.credentials) == (WORKER.did, (BADGE,))
    assert parse_presentation(shown(holder={"id": WORKER.did})).holder == WORKER.did
    assert parse_presentation(shown(verifiableCredential=BADGE)).credentials == (BADGE,)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"type": ...}, refusals.NotAPresentation),
        ({"type": ["VerifiableCredential"]}, refusals.NotAPresentation),
        ({"type": "verifiablepresentation"}, refusals.NotAPresentation),
        ({"@context": ...}, refusals.WrongContext),
        ({"@context": ["https://example.com/"]}, refusals.WrongContext),
        ({"id": "1"}, refusals.NotAUrl),
        ({"holder": ...}, refusals.MissingMember),
        ({"holder": "worker"}, refusals.NotAUrl),
        ({"holder": [WORKER.did]}, refusals.MalformedMember),
        ({"holder": {"name": "x"}}, refusals.MissingMember),
        ({"verifiableCredential": ...}, refusals.EmptyPresentation),
        ({"verifiableCredential": []}, refusals.EmptyPresentation),
        ({"verifiableCredential": [BADGE] * 17}, TooManyItems),
        ({"verifiableCredential": ["eyJhbGciOiJFZERTQSJ9.e30.c2ln"]}, refusals.UnsupportedForm),
        ({"verifiableCredential": [[BADGE]]}, refusals.UnsupportedForm),
        ({"verifiableCredential": [None]}, refusals.UnsupportedForm),
        (
            {"verifiableCredential": [{**BADGE, "type": "EnvelopedVerifiableCredential"}]},
            refusals.UnsupportedForm,
        ),
        ({"verifiableCredential": [{}]}, refusals.MissingMember),
    ],
)
def test_refused(changes: dict[str, Any], refusal: type[PassportError]) -> None:
    with pytest.raises(refusal):
        parse_presentation(shown(**changes))


def test_a_presentation_in_a_presentation_is_refused() -> None:
    with pytest.raises(refusals.UnsupportedForm):
        parse_presentation(shown(verifiableCredential=[shown()]))


def test_sixteen_credentials_are_accepted() -> None:
    assert len(parse_presentation(shown(verifiableCredential=[BADGE] * 16)).credentials) == 16


def test_size_is_bounded() -> None:
    with pytest.raises(JsonTooLarge):
        parse_presentation(b"{" + b" " * 1_048_576 + b"}")


def test_nothing_to_show_is_not_built() -> None:
    with pytest.raises(refusals.EmptyPresentation):
        presentation(holder=WORKER.did, credentials=[], presentation_id=PRESENTATION_ID)
