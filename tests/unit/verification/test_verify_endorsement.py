"""An endorsement is verified by the same list as a badge: alone, beside badges, and inside one."""

from collections.abc import Callable
from typing import Any

import pytest

from passport import limits
from passport.answers import Answer
from passport.credentials import Form
from passport.credentials.enveloped import envelope
from passport.errors.verification import NotOfHolder
from passport.jose import vc_jwt
from passport.json import JsonObject
from passport.proofs import add_proof
from passport.sd_jwt.credential import sign_vc
from passport.verification import verify_credential, verify_endorsement, verify_presentation
from tests.simulators.chains import claim, confirm, unsigned_confirmation
from tests.simulators.parties import ESCO, NOW, Party, World, status_entry

SKILL = f"{ESCO}welding"
LIST = "https://employer.example/status/1"
YES, NO, CANNOT_TELL = Answer


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def holder() -> Party:
    return Party("Holder")


@pytest.fixture(scope="module")
def employer() -> Party:
    return Party("Employer")


def show(holder: Party, *shown: JsonObject) -> JsonObject:
    unsigned = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.did,
        "verifiableCredential": list(shown),
    }
    return add_proof(
        unsigned,
        signer=holder.signer,
        verification_method=holder.method,
        created=NOW,
        proof_purpose="authentication",
        challenge="c" * 22,
        domain="did:web:verifier.example",
        cryptosuite="eddsa-jcs-2022",
    )


def verify_shown(world: World, shown: JsonObject) -> Any:
    return verify_presentation(
        shown, world.context, expected_challenge="c" * 22, expected_domain="did:web:verifier.example"
    )


@pytest.mark.parametrize("cryptosuite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_signed_one_is_genuine(world: World, holder: Party, employer: Party, cryptosuite: str) -> None:
    signed = confirm(employer, claim(holder, [SKILL]), SKILL, cryptosuite=cryptosuite)
    report = verify_endorsement(signed, world.context)
    assert report.answer is YES, report.error
    found = report.require().endorsement
    assert (found.subject_id, found.evidence[0].genre) == (SKILL, "work-record")


def test_every_change_is_noticed(world: World, holder: Party, employer: Party) -> None:
    signed = confirm(employer, claim(holder, [SKILL]), SKILL, cryptosuite="eddsa-rdfc-2022")
    changes: list[Callable[[Any], Any]] = [
        lambda made: made["credentialSubject"].update(id=f"{ESCO}baking"),
        lambda made: made["credentialSubject"].update(endorsementComment="Otherwise."),
        lambda made: made["evidence"][0].update(genre="assessment"),
        lambda made: made["evidence"][0].update(narrative="Something else."),
        lambda made: made["evidence"][0].update(name="Other"),
        lambda made: made["relatedResource"][0].update(mediaType="text/csv"),
        lambda made: made["relatedResource"][0].pop("mediaType"),
        lambda made: made["relatedResource"].pop(),
        lambda made: made.pop("evidence"),
        lambda made: made["issuer"].update(name="Another"),
    ]
    for change in changes:
        copy = verify_endorsement(signed, world.context).require().endorsement.document
        changed = {**copy, **{name: _copied(copy[name]) for name in copy}}
        change(changed)
        assert verify_endorsement(changed, world.context).answer is NO


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(each) for name, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def test_a_badge_is_no_endorsement_and_an_endorsement_no_badge(
    world: World, holder: Party, employer: Party
) -> None:
    claimed = claim(holder, [SKILL])
    report = verify_endorsement(claimed, world.context)
    assert (report.answer, report.error and report.error.code) == (NO, "not_an_endorsement")
    with pytest.raises(type(report.error)):
        report.require()
    report_of_badge = verify_credential(confirm(employer, claimed, SKILL), world.context)
    assert report_of_badge.error is not None
    assert report_of_badge.error.code == "not_an_open_badge"


@pytest.mark.parametrize(
    ("publish", "answer"), [([], CANNOT_TELL), ([[3]], NO), ([[4]], YES)], ids=["away", "revoked", "good"]
)
def test_its_own_status_list_is_looked_up(
    world: World, holder: Party, employer: Party, publish: list[list[int]], answer: Answer
) -> None:
    for revoked in publish:
        world.publish(employer.status_list(LIST, revoked=revoked))
    signed = confirm(employer, claim(holder, [SKILL]), SKILL, status=[status_entry(LIST, 3)])
    report = verify_endorsement(signed, world.context)
    assert report.answer is answer
    assert report.require().standing is answer
    assert bool(report.status_seen) is bool(publish)


def test_beside_badges_it_has_a_report_of_its_own(world: World, holder: Party, employer: Party) -> None:
    claimed = claim(holder, [SKILL])
    report = verify_shown(world, show(holder, claimed, confirm(employer, claimed, SKILL)))
    assert report.answer is YES, report.error
    shown = report.require()
    assert (len(shown.credentials), len(shown.endorsements)) == (1, 1)
    assert (len(report.credentials), len(report.endorsements)) == (1, 1)


def test_a_forged_one_beside_a_badge_is_said_and_left_out(
    world: World, holder: Party, employer: Party
) -> None:
    claimed = claim(holder, [SKILL])
    forged = confirm(employer, claimed, SKILL) | {"name": "Forged"}
    report = verify_shown(world, show(holder, claimed, forged))
    assert report.answer is NO
    assert report.error is not None
    assert report.require().endorsements == ()
    assert len(report.require().credentials) == 1


@pytest.mark.parametrize("form", [Form.JWT_VC, Form.VC_SD_JWT])
def test_a_token_in_an_envelope(world: World, holder: Party, employer: Party, form: Form) -> None:
    claimed = claim(holder, [SKILL])
    unsigned = unsigned_confirmation(employer, claimed, SKILL)
    keys = {"signer": employer.signer, "verification_method": employer.method}
    if form is Form.JWT_VC:
        token = vc_jwt.sign_credential(unsigned, **keys, issued_at=NOW)
    else:
        token = sign_vc(unsigned, disclosable=(), **keys, holder_key=holder.signer.public_key)
    report = verify_shown(world, show(holder, claimed, envelope(token.encode(), form)))
    assert report.answer is YES, report.error
    [found] = report.require().endorsements
    assert found.endorsement.form is form


def test_endorsements_alone_are_nobodys(world: World, holder: Party, employer: Party) -> None:
    report = verify_shown(world, show(holder, confirm(employer, claim(holder, [SKILL]), SKILL)))
    assert report.presentation is None
    assert isinstance(report.error, NotOfHolder)


PLACES: dict[str, Callable[[JsonObject, str, Any], Any]] = {
    "credential": lambda made, member, inside: made.update({member: inside}),
    "achievement": lambda made, member, inside: made["credentialSubject"]["achievement"].update(
        {member: inside}
    ),
    "issuer": lambda made, member, inside: made["issuer"].update({member: inside}),
    "source": lambda made, member, inside: made["credentialSubject"].update(
        source={"id": "urn:x:1", "type": ["Profile"], member: inside}
    ),
    "creator": lambda made, member, inside: made["credentialSubject"]["achievement"].update(
        creator={"id": "urn:x:1", "type": ["Profile"], member: inside}
    ),
    "parent": lambda made, member, inside: made["issuer"].update(
        parentOrg={"id": "urn:x:1", "type": ["Profile"], member: inside}
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("cryptosuite", ["eddsa-jcs-2022", "eddsa-rdfc-2022"])
@pytest.mark.parametrize("member", ["endorsement", "endorsementJwt"])
def test_inside_a_badge_each_is_verified_by_itself(
    world: World, holder: Party, employer: Party, place: str, cryptosuite: str, member: str
) -> None:
    school = Party("School")
    good = unsigned_confirmation(employer, None, SKILL)
    keys = {"signer": employer.signer, "verification_method": employer.method}
    if member == "endorsementJwt":
        inside: list[Any] = [vc_jwt.sign_credential(good, **keys, issued_at=NOW), "a.b.c"]
    else:
        signed = employer.sign(good)
        inside = [
            signed,
            employer.sign(unsigned_confirmation(employer, None, f"{ESCO}a")) | {"name": "Forged"},
        ]
    made = school.issue(holder, [SKILL])
    del made["proof"]
    PLACES[place](made, member, inside)
    report = verify_credential(school.sign(made, cryptosuite=cryptosuite), world.context)
    assert report.answer is YES, report.error
    assert [each.answer is YES for each in report.endorsements] == [True, False]
    verified = report.require()
    assert [each.endorsement.subject_id for each in verified.endorsements] == [SKILL]
    assert verified.endorsements_refused == 1


def nested(employer: Party, levels: int) -> JsonObject:
    made = unsigned_confirmation(employer, None, SKILL)
    if levels > 1:
        made["issuer"] = {**made["issuer"], "endorsement": [nested(employer, levels - 1)]}
    return employer.sign(made)


@pytest.mark.parametrize("over", [0, 1])
def test_levels_of_them_are_bounded(world: World, holder: Party, employer: Party, over: int) -> None:
    most = limits.CHAIN.embedded_depth
    inside = nested(employer, most + over)
    school = Party("School")
    made = school.issue(holder, [SKILL])
    del made["proof"]
    made["endorsement"] = [inside]
    verified = verify_credential(school.sign(made), world.context).require()
    assert (len(verified.endorsements), verified.endorsements_refused) == (most, over)


@pytest.mark.parametrize("over", [0, 1])
def test_their_number_is_bounded(world: World, holder: Party, employer: Party, over: int) -> None:
    most = limits.CHAIN.embedded
    school = Party("School")
    made = school.issue(holder, [SKILL])
    del made["proof"]
    made["endorsement"] = [confirm(employer, None, SKILL) for _ in range(most + over)]
    verified = verify_credential(school.sign(made), world.context).require()
    assert (len(verified.endorsements), verified.endorsements_refused) == (most, over)


@pytest.mark.parametrize("junk", [17, True, ["x"], [["x"]], {}, "x", [None]])
def test_junk_inside_is_refused_and_nothing_else(world: World, holder: Party, junk: Any) -> None:
    school = Party("School")
    made = school.issue(holder, [SKILL])
    del made["proof"]
    made["endorsementJwt"] = junk
    report = verify_credential(school.sign(made), world.context)
    if report.credential is not None:
        assert report.credential.endorsements == ()
        assert report.credential.endorsements_refused == 1
