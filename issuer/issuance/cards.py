"""Cards to print (way E): of one credential, or of all that a batch issued."""

import asyncio
from collections.abc import Sequence

from issuer.issuance.forms import IssuedForm
from issuer.issuance.issue import deliver
from issuer.issuance.records import Issuance
from issuer.limits import CARDS
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.errors.paper import CardTooLarge
from passport.paper import Card, Saved, card_of, write_cards
from passport.texts import Language

_PASSED_ON = (IssuedForm.LDP_VC,)


async def cards_of(
    service: Service, issued: Sequence[Issuance], organisation: Organisation, language: Language, *, name: str
) -> Saved:
    """One PDF with the cards of these credentials; what does not fit a card is left out.

    Raises:
        CardTooLarge: none of them fits.
    """
    sources = [[await deliver(service, each, organisation, form) for form in _PASSED_ON] for each in issued]
    data = await asyncio.to_thread(_written, sources, language)
    return Saved(f"{name}.pdf", "application/pdf", data)


async def issued_in(batch: str, organisation: str, part: int) -> list[Issuance]:
    """What a batch issued, so many at a time; `part` is counted from 1."""
    found = Issuance.find({"organisation": organisation, "batch": batch}).sort("_id")
    return await found.skip((part - 1) * CARDS).limit(CARDS).to_list()


def _written(sources: Sequence[Sequence[bytes]], language: Language) -> bytes:
    made: list[Card] = []
    for each in sources:
        try:
            made.append(card_of(each, language))
        except CardTooLarge:
            continue
    if not made:
        raise CardTooLarge
    return write_cards(made, language)
