"""The badges of a learner: what was issued on offers that bear their mailbox.

An issuance knows a holder's key, and nothing of a person; the offer that it was claimed with knows the
mailbox, and it is the only thing that ties the two.
"""

import uuid
from dataclasses import dataclass

from issuer.issuance.forms import IssuedForm
from issuer.issuance.issue import deliver
from issuer.issuance.records import Issuance
from issuer.learners.mailbox import open_mailbox
from issuer.offers.records import Offer, OfferState
from issuer.open_badges_api.limits import BADGE_PROVIDER
from issuer.open_badges_api.visit import an_offer_of
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.json import JsonObject, parse_object
from passport.open_badges_api.credentials_response import CredentialsResponse
from passport.open_badges_api.paging import Page
from passport.open_badges_api.profile import profile

_GIVEN = (OfferState.ISSUED, OfferState.ACCEPTED)
"""Not what a wallet could not keep, or its owner did not want."""
_FORMS = (IssuedForm.LDP_VC, IssuedForm.JWT_VC)
"""Those of Open Badges 3.0, section 8: each badge goes out in the first that its school gives it in."""


@dataclass(frozen=True, slots=True)
class Badge:
    issuance: Issuance
    form: IssuedForm


async def badges_of(slug: str, learner: bytes, page: Page | None = None) -> list[Badge]:
    """All of them, the oldest first; with a page's `since` those that were issued after it."""
    asked = {"organisation": slug, "learner": learner, "state": {"$in": [state.value for state in _GIVEN]}}
    offers = await Offer.find(asked).sort("-created_at").limit(BADGE_PROVIDER.badges).to_list()
    forms = {offer.id: form for offer in offers for form in reversed(_FORMS) if form in offer.forms}
    found = await Issuance.find(
        {"organisation": slug, "offer": {"$in": list(forms)}, "copy_of": None}
    ).to_list()
    since = None if page is None else page.since
    found = [each for each in found if since is None or each.recorded_at > since]
    found.sort(key=lambda each: (each.recorded_at, each.id))
    return [Badge(each, forms[each.offer]) for each in found if each.offer is not None]


async def one_page(
    service: Service, organisation: Organisation, learner: bytes, page: Page
) -> tuple[int, CredentialsResponse]:
    """How many there are in all, and those of one page, as they were signed."""
    every = await badges_of(organisation.id, learner, page)
    documents, tokens = [], []
    for badge in every[page.offset : page.offset + page.limit]:
        source = await deliver(service, badge.issuance, organisation, badge.form)
        if badge.form is IssuedForm.LDP_VC:
            documents.append(parse_object(source))
        else:
            tokens.append(source.decode("ascii"))
    return len(every), CredentialsResponse(tuple(documents), tuple(tokens))


async def profile_of(service: Service, slug: str, learner: bytes, client_id: str) -> JsonObject:
    """The learner as this one program knows them: two programs can't tell that it is the same person by the
    name, and the address is what they proved.
    """
    name = service.master.code("badge-profile", slug, client_id, learner.hex())
    offer = await an_offer_of(slug, learner)
    sealed = None if offer is None else offer.learner_sealed
    email = None if offer is None or sealed is None else open_mailbox(service.master, slug, offer.id, sealed)
    return profile(f"urn:uuid:{uuid.UUID(bytes=name[:16], version=4)}", email=email)
