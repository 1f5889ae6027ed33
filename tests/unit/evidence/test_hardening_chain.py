"""From soft to hard and back: a claim, its confirmation, its validation, and what revoking each of them does."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from passport import limits
from passport.answers import Answer
from passport.credentials import Form, credential_digest
from passport.credentials.enveloped import envelope
from passport.evidence import ActKind, EvidenceState, SkillEvidence, Strength
from passport.json import JsonObject
from passport.keys import KeyType, generate_signer
from passport.proofs.selective import derive
from passport.sd_jwt import issue
from passport.texts import Language, render_reason
from tests.simulators import every_form
from tests.simulators.chains import (
    OTHER,
    SKILL,
    Trade,
    builds_on,
    claim,
    confirm,
    unsigned_confirmation,
    validate,
)
from tests.simulators.evidence_matrix import DOCUMENT
from tests.simulators.parties import NOW, Party, status_entry

SOFT, SEMI, HARD = Strength
YES, NO, CANNOT_TELL = Answer
LISTS = {who: f"https://{who}.example/status/1" for who in ("holder", "employer", "validator")}


@dataclass
class Cast(Trade):
    def revoke(self, *who: str) -> None:
        """Publish all three lists; place 1 of these is withdrawn."""
        for name, address in LISTS.items():
            party: Party = getattr(self, name)
            self.world.publish(party.status_list(address, revoked=[1] if name in who else []))

    def chain(self, skills: Sequence[str] = (SKILL, OTHER)) -> tuple[JsonObject, JsonObject, JsonObject]:
        claimed = claim(self.holder, skills, status=[status_entry(LISTS["holder"], 1)])
        confirmed = confirm(self.employer, claimed, SKILL, status=[status_entry(LISTS["employer"], 1)])
        validated = validate(
            self.validator,
            self.holder,
            [SKILL],
            [claimed, confirmed],
            assessor=self.assessor.profile,
            status=[status_entry(LISTS["validator"], 1)],
        )
        return claimed, confirmed, validated


@pytest.fixture
def cast() -> Cast:
    return Cast()


def told(evidence: SkillEvidence) -> tuple[Strength, Answer, Strength | None]:
    return evidence.strength, evidence.answer, evidence.strength_without


def test_each_signed_act_hardens_the_proof(cast: Cast) -> None:
    cast.revoke()
    claimed, confirmed, validated = cast.chain()
    assert told(cast.weigh([claimed])[SKILL]) == (SOFT, YES, SOFT)
    assert told(cast.weigh([claimed], [confirmed])[SKILL]) == (SEMI, YES, SEMI)
    weighed = cast.weigh([claimed, validated], [confirmed])
    assert told(weighed[SKILL]) == (HARD, YES, HARD)
    assert told(weighed[OTHER]) == (SOFT, YES, SOFT)


def test_the_path_leads_from_the_claim_up(cast: Cast) -> None:
    cast.revoke()
    claimed, confirmed, validated = cast.chain()
    link = cast.weigh([claimed, validated], [confirmed])[SKILL].links[0]
    assert [(step.credential_id, step.act, step.by_holder) for step in link.path] == [
        (claimed["id"], "credential", True),
        (confirmed["id"], "endorsement", False),
        (validated["id"], "credential", False),
    ]
    assert {step.answer for step in link.path} == {YES}
    assert link.rests_on == (credential_digest(claimed), credential_digest(confirmed))
    codes = [reason.code for reason in link.reasons if reason.code.startswith("evidence.step")]
    assert codes == ["evidence.step.claimed", "evidence.step.confirmed", "evidence.step.assessed"]


def the_case() -> list[tuple[str, ...]]:
    """The rows of the case in docs/evidence.md: what is at hand, what is revoked, strength, answer."""
    text = DOCUMENT.read_text(encoding="utf-8")
    lines = text.partition("| at hand | revoked | strength | answer |\n")[2].splitlines()[1:]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines)
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


@pytest.mark.parametrize(("shown", "revoked", "strength", "answer"), the_case())
def test_the_case_of_the_document(cast: Cast, shown: str, revoked: str, strength: str, answer: str) -> None:
    """Revoking a link lowers exactly what rests on it."""
    who = {"claim": "holder", "confirmation": "employer", "validation": "validator"}
    cast.revoke(*(name for act, name in who.items() if act in revoked))
    claimed, confirmed, validated = cast.chain()
    badges = [act for name, act in (("claim", claimed), ("validation", validated)) if name in shown]
    weighed = cast.weigh(badges, [confirmed] if "confirmation" in shown else [])[SKILL]
    assert (str(weighed.strength), str(weighed.answer)) == (strength, answer)


def test_the_case_is_read_whole() -> None:
    assert len(the_case()) == 12


@pytest.mark.parametrize("away", ["holder", "employer", "validator"])
def test_a_list_out_of_reach_cannot_be_told(cast: Cast, away: str) -> None:
    for name, address in LISTS.items():
        if name != away:
            party: Party = getattr(cast, name)
            cast.world.publish(party.status_list(address))
    claimed, confirmed, validated = cast.chain()
    weighed = cast.weigh([claimed, validated], [confirmed])[SKILL]
    expected = {
        "holder": (HARD, CANNOT_TELL, SEMI),
        "employer": (HARD, YES, HARD),
        "validator": (HARD, CANNOT_TELL, SEMI),
    }
    assert told(weighed) == expected[away]


def test_the_explanation_says_which_step_fell(cast: Cast) -> None:
    cast.revoke("employer")
    claimed, confirmed, validated = cast.chain()
    links = {link.credential_id: link for link in cast.weigh([claimed, validated], [confirmed])[SKILL].links}
    assert [step.answer for step in links[validated["id"]].path] == [YES, NO, YES]
    fallen = next(
        reason for reason in links[validated["id"]].reasons if reason.code == "evidence.step_fallen"
    )
    assert fallen.values == {"number": 2, "issuer": "Employer"}
    assert links[confirmed["id"]].answer is NO
    assert [each.code for each in links[confirmed["id"]].raise_by] == ["evidence.raise.confirm_again"]


def test_every_reason_has_its_sentence_in_both_languages(cast: Cast) -> None:
    cast.revoke("employer", "holder")
    claimed, confirmed, validated = cast.chain()
    weighed = cast.weigh([claimed, validated], [confirmed])[SKILL]
    for link in weighed.links:
        for reason in (*link.reasons, *link.raise_by):
            for language in Language:
                assert render_reason(reason, language)


def test_what_would_raise_it_is_said_at_each_stage(cast: Cast) -> None:
    cast.revoke()
    claimed, confirmed, validated = cast.chain()

    def raising(badges: Sequence[JsonObject], endorsements: Sequence[JsonObject]) -> list[str]:
        return sorted(each.code for each in cast.weigh(badges, endorsements)[SKILL].raise_by)

    bare = confirm(cast.employer, claimed, SKILL, genres=[])
    assert raising([claimed], []) == ["evidence.raise.ask_confirmation"]
    assert raising([claimed], [bare]) == [
        "evidence.raise.ask_confirmation",
        "evidence.raise.confirm_with_records",
    ]
    assert raising([claimed], [confirmed]) == ["evidence.raise.ask_assessor"]
    assert raising([claimed, validated], [confirmed]) == []


def test_a_validation_that_rests_on_what_fell_asks_for_something_that_holds(cast: Cast) -> None:
    cast.revoke("holder")
    claimed, _, _ = cast.chain()
    validated = validate(cast.validator, cast.holder, [SKILL], [claimed], assessor=cast.assessor.profile)
    weighed = cast.weigh([claimed, validated])[SKILL]
    assert told(weighed) == (SEMI, YES, SEMI)
    assert "evidence.base_fallen" in {reason.code for reason in weighed.reasons}
    assert [each.code for each in weighed.raise_by] == [
        "evidence.raise.ask_again_on_base",
        "evidence.raise.add_records",
    ]


def test_an_endorsement_of_the_claim_confirms_all_its_skills_and_its_level(cast: Cast) -> None:
    """One of the skill alone says nothing of the level that the claim gives."""
    level = {"id": "urn:uuid:level", "type": ["RubricCriterionLevel"], "name": "Three", "level": "3"}
    description = {
        "id": "urn:uuid:result",
        "type": ["ResultDescription"],
        "name": "Level",
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [level],
    }
    claimed = claim(
        cast.holder,
        [SKILL, OTHER],
        achievement={"resultDescription": [description]},
        results=[{"achievedLevel": level["id"], "resultDescription": description["id"]}],
    )
    of_all = confirm(cast.employer, claimed)
    weighed = cast.weigh([claimed], [of_all])
    assert {skill: each.strength for skill, each in weighed.items()} == {SKILL: SEMI, OTHER: SEMI}
    assert {link.level for link in weighed[SKILL].links} == {3}
    of_one = cast.weigh([claimed], [confirm(cast.employer, claimed, SKILL)])[SKILL]
    assert {link.credential_id == claimed["id"]: link.level for link in of_one.links} == {
        True: 3,
        False: None,
    }


@pytest.mark.parametrize(
    ("done", "awarded", "expected"),
    [
        (None, None, None),
        (40, None, 40),
        (None, 10, 10),
        (40, 10, 40),
        (10, 40, 40),
        (-5, 3, 3),
        (-5, -5, None),
    ],
)
def test_the_age_is_that_of_what_was_done_or_confirmed_whichever_is_earlier(
    cast: Cast, done: int | None, awarded: int | None, expected: int | None
) -> None:
    def ago(days: int | None) -> datetime | None:
        return None if days is None else NOW - timedelta(days=days)

    claimed = claim(cast.holder, [SKILL], **({} if done is None else {"activity_end": ago(done)}))
    confirmed = confirm(cast.employer, claimed, SKILL, awarded=ago(awarded))
    [link] = [
        link for link in cast.weigh([claimed], [confirmed])[SKILL].links if link.act is ActKind.ENDORSEMENT
    ]
    assert link.date == ago(expected)


def stacked(cast: Cast, claimed: JsonObject, acts: int) -> list[JsonObject]:
    """So many acts above each other: the claim, then confirmations of what is below."""
    made = [claimed]
    for _ in range(acts - 1):
        below = made[-1]
        made.append(confirm(cast.employer, None, below["id"], on=[builds_on(below)]))
    return made[1:]


@pytest.mark.parametrize(("over", "counting"), [(0, True), (1, False)])
def test_how_many_acts_confirm_each_other_is_bounded(cast: Cast, over: int, counting: bool) -> None:
    claimed = claim(cast.holder, [SKILL])
    confirmations = stacked(cast, claimed, limits.CHAIN.depth + over)
    weighed = cast.weigh([claimed], confirmations)[SKILL]
    top = [link for link in weighed.links if link.credential_id == confirmations[-1]["id"]]
    assert bool(top) is counting
    if counting:
        assert (top[0].ceiling, len(top[0].path)) == (SEMI, limits.CHAIN.depth)


def test_badges_on_badges_hold_by_themselves(cast: Cast) -> None:
    """Were they bounded too, leaving out the lowest would bring the highest within the bound.

    Without the lowest none of them is certain: what is hidden may rest on the highest.
    """
    made = [claim(cast.holder, [OTHER])]
    for _ in range(limits.CHAIN.depth + 1):
        made.append(validate(cast.validator, cast.holder, [OTHER], made[-1:], assessor=cast.assessor.profile))
    top = validate(cast.validator, cast.holder, [SKILL], made[-1:], assessor=cast.assessor.profile)
    for badges, answer in (([*made, top], (HARD, YES, HARD)), ([*made[1:], top], (HARD, CANNOT_TELL, SOFT))):
        weighed = cast.weigh(badges)[SKILL]
        assert (told(weighed), len(weighed.links[0].path)) == (answer, len(badges))


def test_a_confirmation_of_a_confirmation_rests_on_both(cast: Cast) -> None:
    cast.revoke()
    claimed, confirmed, _ = cast.chain()
    second = confirm(cast.employer, None, confirmed["id"], on=[builds_on(confirmed)])
    weighed = cast.weigh([claimed], [confirmed, second])[SKILL]
    link = next(each for each in weighed.links if each.credential_id == second["id"])
    assert (link.ceiling, [step.act for step in link.path]) == (
        SEMI,
        ["credential", "endorsement", "endorsement"],
    )
    cast.revoke("employer")
    weighed = cast.weigh([claimed], [confirmed, second])[SKILL]
    assert weighed.strength is SOFT
    unshown = cast.weigh([claimed], [second])[SKILL]
    assert unshown.strength is SOFT
    assert len(unshown.links) == 1  # it names nothing at hand


def test_of_several_bases_one_that_holds_is_enough(cast: Cast) -> None:
    cast.revoke("holder")
    old, _, _ = cast.chain([SKILL])
    fresh = claim(cast.holder, [SKILL])
    both = confirm(cast.employer, old, SKILL, on=[builds_on(fresh)])
    for badges in ([old, fresh], [fresh, old]):
        weighed = cast.weigh(badges, [both])[SKILL]
        assert told(weighed) == (SEMI, YES, SEMI)
    assert told(cast.weigh([fresh], [both])[SKILL]) == (SEMI, CANNOT_TELL, SOFT)
    assert told(cast.weigh([old], [both])[SKILL]) == (SOFT, NO, None)


def test_a_derived_credential_is_another_one(cast: Cast) -> None:
    """What builds on a base proof of ecdsa-sd-2023 can't be told from what was derived of it."""
    school = Party("School", generate_signer(KeyType.P256))
    holder = cast.holder
    document = every_form.unsigned(school, holder, [SKILL])
    base = json.loads(every_form.secure(document, every_form.SD, school, holder))
    derived = derive(base, selective_pointers=("/credentialSubject",))
    validated = validate(cast.validator, holder, [SKILL], [base], assessor=cast.assessor.profile)
    weighed = cast.weigh([derived, validated])[SKILL]
    assert told(weighed) == (HARD, CANNOT_TELL, SOFT)
    assert {link.evidence_state for link in weighed.links} >= {EvidenceState.HIDDEN}


@pytest.mark.parametrize("form", [Form.JWT_VC, Form.VC_SD_JWT])
def test_a_claim_in_a_token_is_named_by_what_was_signed(cast: Cast, form: Form) -> None:
    document = claim(cast.holder, [SKILL])
    del document["proof"]
    token = every_form.secure(document, form, cast.holder, cast.holder)
    confirmed = confirm(cast.employer, None, SKILL, on=[builds_on(token, document["id"])])
    shown = envelope(token, form)
    assert cast.weigh([shown], [confirmed])[SKILL].strength is SEMI


@pytest.mark.parametrize("form", [Form.JWT_VC, Form.VC_SD_JWT])
def test_a_confirmation_in_a_token_counts_as_any(cast: Cast, form: Form) -> None:
    claimed = claim(cast.holder, [SKILL])
    unsigned = unsigned_confirmation(cast.employer, claimed, SKILL)
    token = every_form.secure(unsigned, form, cast.employer, cast.holder)
    weighed = cast.weigh([claimed], [envelope(token, form)])[SKILL]
    assert told(weighed) == (SEMI, YES, SEMI)


def test_what_a_token_hides_of_a_confirmation_leaves_nothing_above_soft_certain(cast: Cast) -> None:
    """By an employer that lets its records be left out, as none should."""
    claimed = claim(cast.holder, [SKILL])
    unsigned = unsigned_confirmation(cast.employer, claimed, SKILL, genres=["work-record", "derived"])
    token = issue(
        {**unsigned, "iss": cast.employer.did},
        disclosable=["/evidence/1"],
        signer=cast.employer.signer,
        header={"typ": "vc+sd-jwt", "kid": cast.employer.method},
    )
    shown = envelope(f"{token.split('~')[0]}~".encode(), Form.VC_SD_JWT)
    assert told(cast.weigh([claimed], [shown])[SKILL]) == (SEMI, CANNOT_TELL, SOFT)
