"""The first screen of a report: from whom and since when, what could not be told, what the wallet named."""

import pytest

from verifier.first_look import named, signers, untold, wrong

SCHOOL = {"id": "did:web:school.example", "name": "Own name", "recognisedName": None, "recognisedBy": []}
LISTED = {**SCHOOL, "recognisedName": "The School", "recognisedBy": ["Registrar"]}
YES = {"code": "status", "answer": "yes", "reason": {"code": "in_order", "sentence": "In order."}}


def check(code, reason="unreachable", sentence="It could not be fetched."):
    return {"code": code, "answer": "cannot-tell", "reason": {"code": reason, "sentence": sentence}}


def credential(name, issuer=SCHOOL, start="2026-02-01T00:00:00Z", end=None, checks=(YES,)):
    return {
        "id": f"urn:{name}", "name": name, "issuer": issuer, "validFrom": start, "validUntil": end,
        "checks": list(checks),
    }  # fmt: skip


def report(*credentials, **more):
    return {
        "holder": "did:key:holder", "credentials": list(credentials), "endorsements": [], "others": [],
        "checks": [], "demands": [], **more,
    }  # fmt: skip


def test_each_signer_once_with_the_first_start_and_the_first_end():
    content = report(
        credential("a", start="2026-03-01T00:00:00Z", end="2030-01-01T00:00:00Z"),
        credential("b", LISTED, end="2029-01-01T00:00:00Z"),
        credential("own", {**SCHOOL, "id": "did:key:holder"}),
    )
    [one] = signers(content)
    assert (one["count"], one["from"], one["until"]) == (2, "2026-02-01T00:00:00Z", "2029-01-01T00:00:00Z")
    assert one["issuer"]["recognisedName"] == "The School", (
        "what a list says stands above what it calls itself"
    )


@pytest.mark.parametrize(
    ("found", "advice"),
    [
        (check("status"), "advice-status"),
        (check("issuer_found"), "advice-issuer"),
        (check("validity_period", "end_may_be_withheld"), "advice-withheld"),
        (check("proof_holds"), "advice-later"),
    ],
)
def test_what_could_not_be_told_is_told_once_with_what_to_do(found, advice):
    content = report(credential("a", checks=[YES, found]), credential("b", checks=[found]))
    content["checks"] = [check("credentials_genuine")]
    [one] = untold(content)
    assert (one["about"], one["advice"]) == (["a", "b"], advice)


def test_what_is_wrong_is_told_once_and_what_was_not_looked_at_for_it_is_not_told_as_unknown():
    late = {**check("freshness", "too_old", "Made an hour ago."), "answer": "no"}
    content = report(credential("a", checks=[late]), credential("b", checks=[late, YES]))
    content["checks"] = [check("proof_holds", "not_checked"), {**late, "code": "credentials_genuine"}]
    assert [(one["of"], one["check"]["code"]) for one in wrong(content)] == [(["a", "b"], "freshness")]
    assert untold(content) == []
    content["checks"] += [check("status")]
    assert [one["advice"] for one in untold(content)] == ["advice-status"]


def test_where_every_check_was_possible_the_demands_say_what_could_not_be_told():
    reasons = [{"code": "x", "sentence": "One."}, {"code": "y", "sentence": "Two."}]
    demands = [{"label": "bread", "skill": "urn:bread", "answer": "cannot-tell", "reasons": reasons}]
    [one] = untold(report(credential("a"), demands=demands))
    assert (one["about"], one["sentence"], one["advice"]) == (["bread"], "One. Two.", "advice-demand")
    assert untold(report(credential("a"))) == []


def test_what_the_wallet_named_is_told_by_name():
    content = report(
        credential("diploma"),
        demands=[{"label": "bread", "skill": "urn:bread", "answer": "yes", "reasons": []}],
        named=[{"skill": "urn:bread", "credentials": ["urn:diploma"], "confirmed": False}],
    )
    assert named(content) == [{"label": "bread", "proofs": ["diploma"], "confirmed": False}]
    assert named({key: value for key, value in content.items() if key != "named"}) == []
