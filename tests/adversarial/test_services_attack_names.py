"""Whose name stands under an assessment: theirs who declared it, whatever happens to the staff afterwards."""

import pytest

from tests.simulators.validation_service import validation_service


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with validation_service(tmp_path_factory.mktemp("names")) as service:
        yield service.staffed()


def test_nobody_else_is_put_under_an_assessment_after_it_was_made(provider):
    """The declaration of independence was checked for the one who made it, and for their employer."""
    asked, judge = provider.asked(), provider["assessor"]
    provider.until(asked.id, "certification")
    staff = {each["account"]: each for each in provider.owner.get("/api/validation-staff")}
    changed = {
        "roles": ["assessor"],
        "name": "Somebody else",
        "profile": "https://else.example/assessor",
        "employer": "https://else.example/",
    }
    given = provider.owner.ask("PUT", f"/api/validation-staff/{judge.id}", json=changed)
    assert given.is_success
    judge.move(asked.id, "certify")
    credential = asked.worker.wallet.claim(asked.follow()["offer"])
    source = credential["credentialSubject"]["source"]
    assert (source["id"], source["name"]) == (staff[judge.id]["profile"], staff[judge.id]["name"])
    assert source["parentOrg"]["id"] == provider.did
    assert "else.example" not in str(credential)
