"""That a nonce or a code of ours is taken once: how long that is remembered stands in the code itself."""

import hashlib
from datetime import datetime

from passport.storage import claim_once
from passport.storage.once import CLOCK_MARGIN


async def use_nonce(nonce: str, now: datetime, *, lapses: datetime) -> None:
    """Use up a c_nonce that `check_nonce` found good until `lapses`; raises AlreadyUsed."""
    await _use("c_nonce", nonce, now, lapses)


async def use_code(code: str, now: datetime, *, lapses: datetime) -> None:
    """Use up a pre-authorized code; raises AlreadyUsed."""
    await _use("pre-authorized_code", code, now, lapses)


async def _use(kind: str, text: str, now: datetime, lapses: datetime) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()
    await claim_once(kind, digest, now, keep_until=lapses + CLOCK_MARGIN)
