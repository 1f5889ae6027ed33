"""What badges say is sealed in the issuer's store; what was stored before is read, and sealed once."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from issuer.achievements.manage import create_achievement
from issuer.achievements.requests import NewAchievement
from issuer.app import create
from issuer.batches import run
from issuer.batches.manage import take_batch
from issuer.batches.records import Batch
from issuer.issuance.claims import Claims
from issuer.issuance.forms import IssuedForm
from issuer.issuance.issue import deliver, issue
from issuer.issuance.order import order_for
from issuer.issuance.records import Issuance
from issuer.issuance.sealed import credential_of, is_plain, source_of, unsigned_of
from issuer.issuance.sealing import Sealed, seal_former
from issuer.offers.manage import make_offer
from issuer.offers.records import Offer
from issuer.offers.sealed import claims_of
from issuer.organisations.manage import NewOrganisation, create_organisation
from issuer.settings import Settings
from passport.errors.storage import SealBroken
from passport.storage.secret_files import create_secret_file
from tests.simulators.at_rest import at_rest, stands_in
from tests.simulators.issuing import HolderWallet

ACHIEVEMENT = {"name": "x", "description": "x", "criteria": {"narrative": "x"}, "achievementType": "Course"}
SAID = "Seldomword"
FORMS = (IssuedForm.LDP_VC, IssuedForm.JWT_VC, IssuedForm.DC_SD_JWT)


class School:
    def __init__(self, app, owner, achievement, organisation):
        self.app, self.service, self.owner = app, app.state.service, owner
        self.achievement, self.organisation = achievement, organisation

    def claims(self, day="2026-01-31T09:00:00Z"):
        evidence = [{"name": "Report", "narrative": f"{SAID} about the work"}]
        said = {"achievement": self.achievement.id, "validFrom": day, "evidence": evidence}
        return Claims.model_validate(said)

    async def issued(self, once):
        order = await order_for(self.service, self.owner, self.claims(), HolderWallet().did, once)
        return await issue(self.service, order)

    async def offered(self, once):
        return await make_offer(self.service, self.owner, self.claims(), subject=None, tx_code=False,
                                expires_in=3_600, idempotency_key=once)  # fmt: skip

    async def in_a_batch(self):
        rows = f"reference,subject,evidence_narrative\na,{HolderWallet().did},{SAID}\nb,,{SAID}\n"
        made = await take_batch(self.service, self.owner, rows.encode(), achievement=self.achievement.id,
                                tx_code=False, expires_in=3_600, draft=False, idempotency_key=None)  # fmt: skip
        await run.run_batch(self.service, await Batch.get(made.id))


@asynccontextmanager
async def school(folder):
    settings = Settings(data_directory=folder, allow_loopback=True)
    create_secret_file(settings.master_secret)
    create_secret_file(settings.bootstrap_secret)
    app = create(settings)
    async with app.router.lifespan_context(app):
        service = app.state.service
        organisation, owner, _ = await create_organisation(service, NewOrganisation("school", "A school"))
        await app.state.batches.stop()
        made = await create_achievement(service, owner, NewAchievement.model_validate(ACHIEVEMENT), None)
        yield School(app, owner, made, organisation)


async def opens_nowhere_else(here, one):
    """A sealed badge that is moved to another record, organisation or form."""
    master, other = here.service.master, await here.issued("another")
    moved = one.model_copy(update={"id": other.id})
    abroad = one.model_copy(update={"organisation": "another"})
    for wrong in (moved, abroad):
        for opened in (unsigned_of, credential_of):
            with pytest.raises(SealBroken):
                opened(master, wrong)
    swapped = one.model_copy(update={"credential": one.unsigned})
    with pytest.raises(SealBroken):
        credential_of(master, swapped)
    jwt, dc = one.forms[IssuedForm.JWT_VC], one.forms[IssuedForm.DC_SD_JWT]
    swapped = one.model_copy(update={"forms": {IssuedForm.JWT_VC: dc, IssuedForm.DC_SD_JWT: jwt}})
    with pytest.raises(SealBroken):
        source_of(master, swapped, IssuedForm.JWT_VC)


def test_a_stolen_store_says_nothing_of_what_badges_and_offers_say(tmp_path):
    async def play():
        async with school(tmp_path) as here:
            issued = await here.issued("one")
            for form in FORMS:
                assert await deliver(here.service, issued, here.organisation, form)
            offer = await here.offered("two")
            assert claims_of(here.service.master, offer) == here.claims()
            await here.in_a_batch()
            await opens_nowhere_else(here, await Issuance.get(issued.id))
            assert await Issuance.count() == 3
            assert await Offer.count() == 2
            for each in await Issuance.find_all().to_list():
                for opened in (unsigned_of, credential_of):
                    assert SAID.encode() in opened(here.service.master, each)
            said = claims_of(here.service.master, (await Offer.find({"batch": {"$ne": None}}).to_list())[0])
            assert [item.narrative for item in said.evidence] == [SAID]

    asyncio.run(play())
    store = at_rest(tmp_path)
    assert stands_in(store, b"did:key:z"), "this looks into the store"
    assert not stands_in(store, SAID.encode())


def test_what_was_stored_before_is_read_as_it_is_and_sealed_once(tmp_path):
    async def play():
        async with school(tmp_path) as here:
            master, issued, offer = here.service.master, await here.issued("one"), await here.offered("two")
            before = [await deliver(here.service, issued, here.organisation, form) for form in FORMS]
            issued = await Issuance.get(issued.id)
            plain = {"unsigned": unsigned_of(master, issued), "credential": credential_of(master, issued)}
            for form in issued.forms:
                plain[f"forms.{form}.source"] = source_of(master, issued, form)
            await Issuance.get_pymongo_collection().update_one({"_id": issued.id}, {"$set": plain})
            # as they were kept: Python's values, moments among them
            former = here.claims().model_dump(mode="python", include=set(Claims.model_fields))
            await Offer.get_pymongo_collection().update_one({"_id": offer.id}, {"$set": {"claims": former}})
            old = await Issuance.get(issued.id)
            assert is_plain(old.unsigned)
            assert [await deliver(here.service, old, here.organisation, form) for form in FORMS] == before
            assert claims_of(master, await Offer.get(offer.id)) == here.claims()

            await Sealed.find_all().delete()
            for _ in range(2):
                await seal_former(master, here.service.clock())
                new = await Issuance.get(issued.id)
                kept = [new.unsigned, new.credential, *(each.source for each in new.forms.values())]
                assert not any(is_plain(each) for each in kept)
                assert [await deliver(here.service, new, here.organisation, form) for form in FORMS] == before
                again = await Offer.get(offer.id)
                assert isinstance(again.claims, bytes)
                assert claims_of(master, again) == here.claims()
            assert await Sealed.count() == 1

    asyncio.run(play())
