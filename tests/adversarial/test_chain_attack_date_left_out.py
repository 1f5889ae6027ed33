"""What was confirmed gets no younger where its holder leaves out when it was done.

The parts of an SD-JWT that its issuer signed have one digest, whatever is disclosed of the rest: a
confirmation still fits a claim of which the date stays behind.
"""

from datetime import datetime, timedelta

import pytest

from passport.answers import Answer
from passport.clock import format_datetime
from passport.credentials import credential_digest
from passport.evidence import Demand, Strength, decide, weigh
from passport.json import JsonObject
from passport.sd_jwt import issue
from passport.securing import Withheld
from passport.verification import verify_credential, verify_endorsement
from tests.simulators.chains import SKILL, Trade, builds_on, claim, unsigned_confirmation
from tests.simulators.parties import NOW, Party

YES, NO, CANNOT_TELL = Answer
YOUNG = Demand(SKILL, "weld", minimum_strength=Strength.SEMI_HARD, maximum_age_months=12)
LONG_AGO, LATELY = NOW - timedelta(days=4_000), NOW - timedelta(days=5)


def token(document: JsonObject, signer: Party, *pointers: str) -> tuple[bytes, bytes]:
    """An SD-JWT with all of it, and one with none of what may be left out."""
    text = issue(
        {**document, "iss": signer.did},
        disclosable=pointers,
        signer=signer.signer,
        header={"typ": "vc+sd-jwt", "cty": "vc", "kid": signer.method},
    )
    return text.encode(), f"{text.partition('~')[0]}~".encode()


def unsigned_claim(trade: Trade, done: datetime | None) -> JsonObject:
    made = claim(trade.holder, [SKILL], activity_end=done)
    del made["proof"]
    return made


def confirming(trade: Trade, claimed: bytes, named: str, awarded: datetime) -> JsonObject:
    on = [builds_on(claimed, named)]
    made = unsigned_confirmation(trade.employer, None, SKILL, on=on)
    return {**made, "awardedDate": format_datetime(awarded)}


def met(trade: Trade, claimed: bytes, confirmed: bytes | JsonObject) -> Answer:
    context = trade.world.context
    badge = verify_credential(claimed, context).require()
    endorsement = verify_endorsement(confirmed, context).require()
    assert credential_digest(claimed) in {
        each.digest_multibase for each in endorsement.endorsement.related_resources
    }
    evidence = weigh([badge], trust=trade.trust, now=NOW, holder=trade.holder.did, endorsements=[endorsement])
    return decide([YOUNG], evidence, NOW)[0].answer


@pytest.fixture
def trade() -> Trade:
    return Trade()


def test_of_the_claim(trade: Trade) -> None:
    document = unsigned_claim(trade, LONG_AGO)
    whole, part = token(document, trade.holder, "/credentialSubject/activityEndDate")
    confirmed = trade.employer.sign(confirming(trade, whole, document["id"], LATELY))
    assert met(trade, whole, confirmed) is NO
    assert met(trade, part, confirmed) is CANNOT_TELL


def test_of_the_confirmation(trade: Trade) -> None:
    document = unsigned_claim(trade, LATELY)
    claimed, _ = token(document, trade.holder)
    unsigned = confirming(trade, claimed, document["id"], LONG_AGO)
    whole, part = token(unsigned, trade.employer, "/awardedDate")
    assert met(trade, claimed, whole) is NO
    assert met(trade, claimed, part) is CANNOT_TELL


def test_a_comment_on_a_confirmation_is_no_date(trade: Trade) -> None:
    document = unsigned_claim(trade, LATELY)
    claimed, _ = token(document, trade.holder)
    unsigned = confirming(trade, claimed, document["id"], LATELY)
    _, part = token(unsigned, trade.employer, "/credentialSubject/endorsementComment")
    assert Withheld.DATE not in verify_endorsement(part, trade.world.context).require().withheld
