"""A1: what stands where a list of types or contexts must be is refused as such; it is no fault of ours."""

import pytest

from passport.answers import Answer
from passport.json import dump
from passport.workers.examination import Examination, Expected
from tests.simulators.parties import NOW
from tests.simulators.suite_client import V2, Door, credential, presentation, refused

ODD = [5, 0.5, None, True, {"VerifiablePresentation": 1}, [5], [None], [[]], {}]


@pytest.mark.parametrize("kind", ODD)
def test_a_document_of_an_odd_type_has_a_report_like_any_other(kind):
    report, *_ = Examination(Expected(NOW).plain()).work(
        dump({"type": kind, "name": "a VerifiablePresentation"})
    )
    assert (report["kind"], report["answer"]) == ("credential", Answer.NO)


@pytest.mark.parametrize("context", [*ODD, [{}], [{"a": 1}], [V2, 5]])
@pytest.mark.parametrize("operation", ["credentials/verify", "presentations/verify", "credentials/issue"])
def test_odd_contexts_are_refused_at_the_door(context, operation):
    door = Door.opened("vc-jose/p-256")
    for kind in ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation", "VerifiableCredential"):
        document = {**credential(), **presentation(), "@context": context, "type": [kind]}
        members = dict.fromkeys(("credential", "verifiableCredential", "verifiablePresentation"), document)
        refused(door.post(operation, members))
