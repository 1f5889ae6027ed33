"""From soft to hard and back: a claim, its confirmation, its validation, and what revoking each of them does."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from passport.answers import Answer
from passport.credentials import credential_digest
from passport.evidence import SkillEvidence, Strength
from passport.json import JsonObject
from tests.simulators.chains import OTHER, SKILL, Trade, claim, confirm, validate
from tests.simulators.parties import Party, status_entry

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


@pytest.mark.parametrize(
    ("revoked", "expected"),
    [
        ((), (HARD, YES)),
        (("validator",), (SEMI, YES)),
        (("employer",), (HARD, YES)),
        (("validator", "employer"), (SOFT, YES)),
        (("holder",), (SEMI, YES)),
        (("holder", "validator"), (SOFT, NO)),
        (("holder", "employer"), (SEMI, YES)),
        (("holder", "employer", "validator"), (SOFT, NO)),
    ],
    ids=lambda value: "-".join(map(str, value)) or "none",
)
def test_revoking_a_link_lowers_what_rests_on_it_and_no_more(
    cast: Cast, revoked: Sequence[str], expected: tuple[Strength, Answer]
) -> None:
    """Without the claim the assessor has nothing left that binds; the word of a validator is semi-hard."""
    cast.revoke(*revoked)
    claimed, confirmed, validated = cast.chain()
    weighed = cast.weigh([claimed, validated], [confirmed])[SKILL]
    assert (weighed.strength, weighed.answer) == expected
