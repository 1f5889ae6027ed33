"""Seal what was stored before the store sealed it: once, from the first record to the last.

Cut off anywhere it begins again at the next start, and finds what is sealed sealed. What is written
meanwhile is sealed by who writes it.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import TypeVar

from beanie import Document

from issuer.issuance.forms import IssuedForm
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import UNSIGNED, is_plain, seal
from issuer.offers.records import Offer
from issuer.offers.sealed import claims_of, seal_claims
from issuer.secrets import MasterSecret
from passport.storage.first import first_of

D = TypeVar("D", bound=Document)
_DONE = "badges"
_AT_ONCE = 200
SECONDS = 3_600.0


class Sealed(Document):
    """That everything of a kind was gone through."""

    id: str  # type: ignore[assignment]
    at: datetime

    class Settings:
        name = "sealed"


async def seal_former(master: MasterSecret, now: datetime) -> None:
    """Seal all that is plain; whoever was done before leaves nothing to do."""
    if await Sealed.get(_DONE) is not None:
        return
    async for issuance in _all(Issuance):
        await _seal(master, issuance)
    async for offer in _all(Offer):
        if not isinstance(offer.claims, bytes):
            sealed = seal_claims(master, offer.organisation, offer.id, claims_of(master, offer).stored())
            await Offer.get_pymongo_collection().update_one({"_id": offer.id}, {"$set": {"claims": sealed}})
    await first_of(Sealed(id=_DONE, at=now))


async def _all(kind: type[D]) -> AsyncIterator[D]:
    last = ""
    while found := await kind.find({"_id": {"$gt": last}}).sort("_id").limit(_AT_ONCE).to_list():
        for each in found:
            yield each
        last = str(found[-1].id)


async def _seal(master: MasterSecret, found: Issuance) -> None:
    plain = {name: (what, kept) for name, what, kept in _kept(found) if is_plain(kept)}
    if plain:
        await Issuance.get_pymongo_collection().update_one(
            {"_id": found.id, **{name: kept for name, (_, kept) in plain.items()}},
            {
                "$set": {
                    name: seal(master, found.organisation, found.id, what, kept)
                    for name, (what, kept) in plain.items()
                }
            },
        )


def _kept(found: Issuance) -> Iterable[tuple[str, str, bytes]]:
    yield "unsigned", UNSIGNED, found.unsigned
    if found.credential is not None:
        yield "credential", IssuedForm.LDP_VC, found.credential
    for form, signed in found.forms.items():
        yield f"forms.{form}.source", form, signed.source
