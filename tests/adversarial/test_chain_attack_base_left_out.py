"""An SD-JWT from which its holder leaves out what else it builds on, since that fell or was changed.

Our own issuer never lets that be left out; another may.
"""

import pytest

from passport.answers import Answer
from passport.evidence import SkillEvidence, Strength, weigh
from passport.json import JsonObject
from passport.sd_jwt import issue
from passport.sd_jwt.disclosable import disclosable_pointers
from passport.verification import verify_credential, verify_endorsement
from tests.simulators.chains import (
    OTHER,
    SKILL,
    Trade,
    builds_on,
    claim,
    unsigned_confirmation,
    validate,
)
from tests.simulators.parties import NOW, Party, status_entry

SOFT, SEMI, HARD = Strength
LIST = "https://school.example/status/1"
END = NOW.replace(year=2031)


def token(document: JsonObject, signer: Party, *pointers: str) -> tuple[bytes, bytes]:
    """An SD-JWT with all of it, and one with none of what may be left out."""
    text = issue(
        {**{name: value for name, value in document.items() if name != "proof"}, "iss": signer.did},
        disclosable=pointers,
        signer=signer.signer,
        header={"typ": "vc+sd-jwt", "cty": "vc", "kid": signer.method},
    )
    return text.encode(), f"{text.partition('~')[0]}~".encode()


def weighed(
    trade: Trade, badges: list[bytes | JsonObject], confirmed: list[bytes | JsonObject]
) -> SkillEvidence:
    found = weigh(
        [verify_credential(each, trade.world.context).require() for each in badges],
        trust=trade.trust,
        now=NOW,
        holder=trade.holder.did,
        endorsements=[verify_endorsement(each, trade.world.context).require() for each in confirmed],
    )
    return next(each for each in found if each.skill == SKILL)


@pytest.fixture
def trade() -> Trade:
    made = Trade()
    made.world.publish(made.school.status_list(LIST), made.employer.status_list(LIST + "2"))
    return made


@pytest.mark.parametrize("pointer", ["/relatedResource", "/relatedResource/0"])
def test_a_badge_whose_base_was_changed(trade: Trade, pointer: str) -> None:
    """A school that examined needs no bound record, so there is nothing else that would lower it."""
    first = claim(trade.holder, [SKILL], credential_id="urn:uuid:1")
    second = claim(trade.holder, [SKILL, OTHER], credential_id="urn:uuid:1")
    made = validate(
        trade.school,
        trade.holder,
        [SKILL],
        [first],
        genre="examination",
        valid_until=END,
        status=[status_entry(LIST, 1)],
        assessor=trade.assessor.profile,
        achievement={"tag": ["welding"]},
    )
    whole, part = token(made, trade.school, pointer)
    assert weighed(trade, [second, whole], []).strength is SOFT
    shown = weighed(trade, [second, part], [])
    assert (shown.answer, shown.strength_without) == (Answer.CANNOT_TELL, SOFT)


def test_a_confirmation_whose_record_was_changed(trade: Trade) -> None:
    """As the record of a validation it is then no more than uncertain."""
    claimed = claim(trade.holder, [SKILL])
    first = claim(trade.holder, [OTHER], credential_id="urn:uuid:1")
    second = claim(trade.holder, [OTHER, SKILL], credential_id="urn:uuid:1")
    made = unsigned_confirmation(
        trade.employer,
        claimed,
        SKILL,
        on=[builds_on(first)],
        status=[status_entry(LIST + "2", 1)],
        valid_until=END,
    )
    whole, part = token(made, trade.employer, "/relatedResource/1")
    built = builds_on(whole, made["id"])
    validated = validate(
        trade.validator, trade.holder, [SKILL], [], named=[built], assessor=trade.assessor.profile
    )
    assert weighed(trade, [claimed, second, validated], [whole]).strength is SEMI
    assert weighed(trade, [claimed, validated], [part]).strength_without is SEMI
    assert weighed(trade, [claimed, second, validated], [part]).strength_without is SEMI


def test_our_own_issuer_leaves_nothing_to_guess_at(trade: Trade) -> None:
    """A text of the badge may stay behind only where what it builds on is to be seen."""
    made = trade.school.issue(trade.holder, [SKILL], genres=["examination"], valid_until=END)
    whole = {**made, "description": "Welding", "credentialStatus": status_entry(LIST, 1)}
    bare = {name: value for name, value in whole.items() if name != "relatedResource"}
    assert "/description" in disclosable_pointers(whole)
    assert "/description" not in disclosable_pointers(bare)
