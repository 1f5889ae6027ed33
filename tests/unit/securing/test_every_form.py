"""One badge in every form says the same, has the same standing and gives the same strength of evidence."""

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.evidence import weigh
from passport.json import dump, parse_object
from passport.keys import KeyType
from passport.proofs.selective import derive
from passport.trust import Recognition
from passport.verification import Context, verify_credential
from tests.simulators.every_form import ALL, SD, everything, school, secure, unsigned
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

LIST = "https://school.example/status/1"
SKILLS = (f"{ESCO}a", f"{ESCO}b", f"{ESCO}c")
WORKER = Party("Worker")


def world(issuer, *revoked):
    made = World()
    made.publish(issuer.did_document(), _list(issuer, revoked))
    return made


def _list(issuer, revoked):
    from tests.simulators.every_form import _plain

    original = issuer.sign
    object.__setattr__(
        issuer,
        "sign",
        lambda document, *, at=NOW, cryptosuite=None: original(document, at=at, cryptosuite=_plain(issuer)),
    )
    return issuer.status_list(LIST, revoked=revoked)


def badge(issuer, **members):
    return unsigned(
        issuer,
        WORKER,
        SKILLS,
        kind="Diploma",
        genres=["examination"],
        results=[{"status": "Completed", "value": "8"}],
        status=[status_entry(LIST, 7)],
        valid_until=members.pop("valid_until", NOW.replace(year=2031)),
        **members,
    )


@pytest.fixture(params=[KeyType.P256, KeyType.ED25519], ids=str)
def issuer(request):
    return school(request.param)


def forms(issuer):
    return [form for form in ALL if form != SD or issuer.signer.public_key.type is KeyType.P256]


def reports(issuer, source_of, *revoked):
    made = world(issuer, *revoked)
    document = badge(issuer)
    return {form: verify_credential(source_of(document, form), made.context) for form in forms(issuer)}


def whole(issuer):
    return lambda document, form: everything(secure(document, form, issuer, WORKER), form)


def test_all_forms_say_the_same(issuer):
    said = {
        form: (
            report.credential.credential.issuer.id,
            report.credential.credential.subject,
            report.credential.credential.evidence,
            report.credential.credential.related_resources,
            report.credential.credential.valid_from,
            report.credential.credential.valid_until,
            report.credential.credential.id,
            report.credential.credential.name,
        )
        for form, report in reports(issuer, whole(issuer)).items()
    }
    assert len({repr(each) for each in said.values()}) == 1


def test_all_forms_are_genuine_and_in_force(issuer):
    for form, report in reports(issuer, whole(issuer)).items():
        assert report.answer is Answer.YES, (form, report.checks)
        assert str(report.credential.credential.form) == (form if form in set(Form) else "ldp_vc")


def test_all_forms_give_the_same_strength(issuer):
    made = world(issuer)
    trust = made.trusting(recognise(issuer, Recognition.EDUCATOR))
    found = {
        form: [
            (skill.skill, skill.strength, skill.answer, [reason.code for reason in skill.reasons])
            for skill in weigh([report.credential], trust=trust, now=NOW, holder=WORKER.did)
        ]
        for form, report in reports(issuer, whole(issuer)).items()
    }
    assert len({repr(each) for each in found.values()}) == 1
    assert [skill[1:3] for skill in next(iter(found.values()))] == [("hard", Answer.YES)] * 3


def test_revoking_is_seen_in_all_forms(issuer):
    for form, report in reports(issuer, whole(issuer), 7).items():
        assert report.credential.standing is Answer.NO, form


def test_an_expired_one_is_genuine_in_all_forms(issuer):
    made = world(issuer)
    document = badge(issuer, valid_until=NOW.replace(year=2025), valid_from=NOW.replace(year=2024))
    for form in forms(issuer):
        report = verify_credential(everything(secure(document, form, issuer, WORKER), form), made.context)
        assert report.credential is not None, (form, report.error)
        assert report.credential.standing is Answer.NO
        assert report.credential.standing_reasons[0].code == "expired"


def test_a_changed_byte_is_seen_in_all_forms(issuer):
    made = world(issuer)
    document = badge(issuer)
    for form in forms(issuer):
        source = everything(secure(document, form, issuer, WORKER), form)
        for place in range(40, len(source) - 1, 97):
            changed = bytearray(source)
            changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
            report = verify_credential(bytes(changed), made.context)
            assert report.credential is None, (form, place)


def test_somebody_elses_key_is_refused_in_all_forms(issuer):
    made = world(issuer)
    other = Party.on_the_web("Other", "other.example", school(issuer.signer.public_key.type).signer)
    made.publish(other.did_document())
    document = badge(issuer)
    for form in forms(issuer):
        source = everything(secure(document, form, other, WORKER), form)
        report = verify_credential(source, made.context)
        assert report.credential is None
        assert (report.error.code, report.answer) == ("key_not_of_issuer", Answer.NO), form


def test_an_issuer_that_is_away_is_cannot_tell_in_all_forms(issuer):
    document = badge(issuer)
    for form in forms(issuer):
        report = verify_credential(everything(secure(document, form, issuer, WORKER), form), World().context)
        assert report.answer is Answer.CANNOT_TELL, form


def test_a_base_proof_is_for_its_holder_alone():
    issuer = school()
    made = world(issuer)
    source = secure(badge(issuer), SD, issuer, WORKER)
    assert verify_credential(source, made.context).error.code == "base_proof_shown"
    holder = Context(made.cache, NOW, as_holder=True)
    assert verify_credential(source, holder).answer is Answer.YES


def test_one_skill_of_three_is_all_that_a_derived_proof_shows():
    issuer = school()
    made = world(issuer)
    document = parse_object(secure(badge(issuer), SD, issuer, WORKER))
    shown = dump(derive(document, selective_pointers=["/credentialSubject/achievement/alignment/1"]))
    report = verify_credential(shown, made.context)
    assert report.answer is Answer.YES
    assert [each.target_url for each in report.credential.credential.subject.achievement.alignments] == [
        SKILLS[1]
    ]
    assert SKILLS[0].encode() not in shown
    assert report.credential.withheld == frozenset()
