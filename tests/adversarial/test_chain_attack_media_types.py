"""A credential that its signer names by an unusual media type is no file that may stay at home."""

import pytest

from passport.answers import Answer
from passport.evidence import Strength
from tests.simulators.chains import SKILL, Trade, builds_on, claim, validate

SOFT, _, HARD = Strength
CREDENTIALS = [
    "application/vc",
    "Application/VC",
    " application/vc ; profile=x",
    "application/vc+ld+json",
    "application/vc+ld+json+jwt",
    "application/vc+jwt",
    "application/vc+cose",
    "application/vc-ld+jwt",
    "application/vc-ld+sd-jwt",
    "application/dc+sd-jwt",
    "application/credential+ld+json",
    "application/jwt",
    "application/sd-jwt",
]
FILES = ["text/csv", "application/pdf", "image/vc", "application/vcard", "application/json", "x", ""]


def hidden(trade: Trade, media_type: str) -> Strength | None:
    """What is certain of a validation whose base stays at home."""
    named = [builds_on(claim(trade.holder, [SKILL]), mediaType=media_type)]
    made = validate(trade.validator, trade.holder, [SKILL], [], named=named, assessor=trade.assessor.profile)
    weighed = trade.weigh([made])[SKILL]
    assert weighed.strength is HARD
    assert (weighed.answer is Answer.YES) is (weighed.strength_without is HARD)
    return weighed.strength_without


@pytest.mark.parametrize("media_type", CREDENTIALS)
def test_a_credential_has_to_be_shown(media_type: str) -> None:
    assert hidden(Trade(), media_type) is SOFT


@pytest.mark.parametrize("media_type", FILES)
def test_a_file_may_stay_at_home(media_type: str) -> None:
    assert hidden(Trade(), media_type) is HARD
