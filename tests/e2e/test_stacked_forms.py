"""A licence that builds on another credential says the same in all its forms, over real HTTP."""

import pytest

from passport.answers import Answer
from passport.credentials.digest import credential_digest
from tests.e2e.test_one_source_all_forms import every_form, verified
from tests.simulators.issuing import HolderWallet, issuer_process, open_office


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("stacked-forms")) as started:
        yield open_office(started)


def test_number_and_parts_are_the_same_in_every_form(office):
    wallet, module = HolderWallet(), office.achievement()
    part = office.post("/api/credentials", {"achievement": module, "subject": wallet.did})["credential"]
    built_on = {"id": part["id"], "digestMultibase": credential_digest(part), "name": "Part"}
    licence = office.achievement(achievementType="License")
    made = office.post(
        "/api/credentials",
        {"achievement": licence, "subject": wallet.did, "licenseNumber": "N-1", "buildsOn": [built_on]},
    )
    forms = every_form(office, made["id"])
    assert len(forms) == 5
    for form, source in forms.items():
        report = verified(source)
        assert report.answer is Answer.YES, form
        credential = report.credential.credential
        assert credential.subject.license_number == "N-1", form
        [bound] = credential.related_resources
        assert (bound.id, bound.digest_multibase) == (part["id"], built_on["digestMultibase"]), form
        assert bound.media_type == "application/vc", form
        assert [each.id for each in credential.evidence] == [part["id"]], form
