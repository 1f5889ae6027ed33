"""What is said of who recognises: through whom, until when, and that it was revoked."""

from datetime import timedelta

from passport.evidence import Strength, weigh
from passport.trust import Recognition, Revocation, open_trust_lists
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

DAY = timedelta(days=1)
WORLD = World()
SECTOR, SCHOOL, WORKER = Party("Sector"), Party("School"), Party("Worker")
SECTOR_LIST = "https://sector.example/list"
SKILL = ESCO + "1"


def weighed(*sources, issuer=SCHOOL, pinned=WORLD.registrar):
    trust = open_trust_lists(sources, context=WORLD.context, expected_publishers={pinned.did})
    diploma = WORLD.verify(issuer.issue(WORKER, [SKILL], kind="Diploma"))
    [found] = weigh([diploma], trust=trust, now=NOW)
    return found


def delegating(**members):
    entry = recognise(SECTOR, may_recognise=frozenset({Recognition.EDUCATOR}), list_id=SECTOR_LIST)
    return WORLD.trust_list(entry, **members)


def sectors(**members):
    return WORLD.trust_list(
        recognise(SCHOOL, Recognition.EDUCATOR), publisher=SECTOR, list_id=SECTOR_LIST, **members
    )


def said(found):
    return {reason.code: dict(reason.values) for reason in found.reasons}


def test_a_school_on_a_delegates_list_gives_hard_proof_and_the_way_is_told():
    found = weighed(delegating(), sectors())
    assert (found.strength, found.strength_without) == (Strength.HARD, Strength.HARD)
    assert said(found)["evidence.recognised.educator"]["publisher"] == "Sector"
    assert said(found)["evidence.recognised_through"] == {
        "publisher": "Sector",
        "delegator": "Registrar",
        "days": 30,
    }


def test_the_list_that_is_too_old_is_named():
    for stale, name in ((0, "Registrar"), (1, "Sector")):
        past = {"valid_until": NOW - DAY}
        found = weighed(delegating(**(past if stale == 0 else {})), sectors(**(past if stale == 1 else {})))
        assert (found.strength, found.strength_without) == (Strength.HARD, Strength.SOFT)
        assert said(found)["evidence.list_stale"]["publisher"] == name


def test_a_revoked_recognition_is_told_with_its_date():
    revoked = [Revocation(NOW - days * DAY, "Closed.") for days in (9, 3)]
    entries = [recognise(SCHOOL, Recognition.EDUCATOR, revoked=each) for each in revoked]
    found = weighed(WORLD.trust_list(*entries))
    assert found.strength is Strength.SOFT
    assert said(found)["evidence.recognition_revoked"] == {
        "issuer": "School",
        "publisher": "Registrar",
        "date": "2026-11-17",
    }


def test_what_is_revoked_in_future_is_not_told_as_revoked():
    later = recognise(
        SCHOOL, Recognition.EDUCATOR, valid_until=NOW - DAY, revoked=Revocation(NOW + DAY, "Closes.")
    )
    assert "evidence.recognised_formerly" in said(weighed(WORLD.trust_list(later)))


def test_a_registrar_that_signs_diplomas_with_the_key_of_its_list_is_not_recognised():
    """A list that recognises itself, by a DID on the web that has the same key."""
    school = Party.on_the_web("School", "school.example", WORLD.registrar.signer)
    WORLD.publish(school.did_document())
    found = weighed(WORLD.trust_list(recognise(school, Recognition.EDUCATOR)), issuer=school)
    assert found.strength is Strength.SOFT
