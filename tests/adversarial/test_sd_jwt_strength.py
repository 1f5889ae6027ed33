"""A36: whatever a holder leaves out of an SD-JWT of ours, no skill counts for more, and the standing stays."""

import random

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.evidence import weigh
from passport.sd_jwt import present
from passport.sd_jwt.disclosable import disclosable_pointers
from passport.trust import Recognition
from passport.verification import verify_credential
from tests.simulators.every_form import school, secure, unsigned
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

SCHOOL, WORKER = school(), Party("Worker")
SKILLS = [f"{ESCO}{name}" for name in "abc"]
END = NOW.replace(year=2031)
LABELLED = {"tag": ["evidence-strength:soft"], "image": {"id": "https://a.example/i", "type": "Image"}}

BADGES = {
    "a diploma": {
        "kind": "Diploma",
        "genres": ["examination"],
        "results": [{"status": "Completed", "value": "8"}],
    },
    "a diploma that was failed": {"kind": "Diploma", "results": [{"status": "Failed", "value": "3"}]},
    "two results": {"kind": "Diploma", "results": [{"value": "9"}, {"status": "Failed", "value": "3"}]},
    "a result without a word on it": {"kind": "Diploma", "results": [{"value": "8"}]},
    "one that calls itself soft": {"kind": "Diploma", "genres": ["examination"], "achievement": LABELLED},
    "one by the worker's own word": {"source": {"id": WORKER.did}, "role": "apprentice"},
    "one that is derived": {"genres": ["derived"], "valid_until": END},
}


def weighed(source):
    made = World()
    made.publish(SCHOOL.did_document())
    trust = made.trusting(recognise(SCHOOL, Recognition.EDUCATOR))
    report = verify_credential(source, made.context)
    found = weigh([report.require()], trust=trust, now=NOW, holder=WORKER.did)
    certain = {
        skill.skill: skill.strength if skill.answer is Answer.YES else skill.strength_without
        for skill in found
    }
    return report.answer, certain


def choices(pointers):
    """All kept, all left out, each alone left out, and some at random."""
    chance = random.Random(7)
    yield from ((), tuple(pointers))
    yield from (tuple(each for each in pointers if each != one) for one in pointers)
    yield from (tuple(each for each in pointers if chance.random() < 0.5) for _ in range(4))


@pytest.mark.parametrize("form", [Form.VC_SD_JWT, Form.DC_SD_JWT])
@pytest.mark.parametrize("name", BADGES)
def test_leaving_out_never_raises_the_strength(name, form):
    document = unsigned(SCHOOL, WORKER, SKILLS, **BADGES[name])
    text = secure(document, form, SCHOOL, WORKER).decode()
    answer, whole = weighed(text.encode())
    assert set(whole) == set(SKILLS)
    for pointers in choices(disclosable_pointers(document)):
        shown = present(text, pointers=pointers, holder=None, nonce="", audience="", now=NOW)
        seen, strengths = weighed(shown.encode())
        assert seen is answer
        for skill, strength in strengths.items():
            assert strength is None or strength <= whole[skill], (pointers, skill)
        kept = {SKILLS[int(each[-1])] for each in pointers if "/alignment/" in each}
        assert set(strengths) == kept
