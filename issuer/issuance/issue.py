"""Prepare, record, sign, deliver: the order in which a careful authority issues.

1. prepare: the unsigned credential is complete and linted, its status index reserved for ever;
2. record: one insert on the id of what asked for it, with all copies that there will be. Of many at once one
   wins, and the others get its record;
3. the audit log says so;
4. sign: only what is recorded, and the first signature that is stored is the one that is delivered.

After a crash at any point the same request goes on where it stopped. A reserved index may stay unused.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from issuer import telling
from issuer.audit.records import AuditEvent
from issuer.errors import IdempotencyKeyReused
from issuer.issuance.copies import recorded_copy
from issuer.issuance.forms import IssuedForm
from issuer.issuance.prepare import Order, prepare
from issuer.issuance.records import Issuance, SignedForm
from issuer.issuance.sealed import credential_of, seal, source_of, unsigned_of
from issuer.issuance.sign import KEY_TYPES, SigningWith, sign_form
from issuer.organisations.keyring import open_key
from issuer.organisations.records import Organisation, SigningKeyRecord
from issuer.service import Service
from issuer.status.records import StatusCounter
from passport.json import dump, parse_object
from passport.keys import Signer
from passport.proofs import add_proof


async def issue(service: Service, order: Order) -> Issuance:
    """Issue the credential that is ordered, or return the one that the same order made before.

    Raises:
        IdempotencyKeyReused: the same id stood for something else.
        Invalid: the claims make no valid credential.
    """
    return await finish(service, await record(service, order), order.organisation)


async def record(service: Service, order: Order) -> Issuance:
    """Record what is ordered and sign nothing yet; the same again, signed or not, is the same record.

    Raises:
        IdempotencyKeyReused, Invalid: as for `issue`.
    """
    recorded = await Issuance.get(order.id)
    if recorded is None:
        recorded = await _prepared(service, order)
    if recorded.organisation != order.organisation.id or recorded.request != order.request:
        raise IdempotencyKeyReused
    return recorded


async def finish(service: Service, recorded: Issuance, organisation: Organisation) -> Issuance:
    """Sign what is recorded; a signed one comes back as it is."""
    if recorded.credential is not None:
        return recorded
    await audit_event(recorded).write()
    service.faults.reach("after-audit")
    now = service.clock()
    key = organisation.current_key
    signer = open_key(service.master, organisation.id, key)
    unsigned = unsigned_of(service.master, recorded)
    credential = await asyncio.to_thread(sign, unsigned, signer, organisation.did, key, now)
    service.faults.reach("after-sign")
    async with service.webhooks.telling(telling.credential(telling.ISSUED, recorded)):
        sealed = seal(service.master, organisation.id, recorded.id, IssuedForm.LDP_VC, credential)
        kept = await recorded.keep_signed(sealed, key.id, now)
    service.faults.reach("after-store")
    return kept


async def deliver_to(
    service: Service, first: Issuance, organisation: Organisation, form: IssuedForm, holders: Sequence[str]
) -> list[bytes]:
    """The credential for each of the holders whom it was made for, the same bytes ever after."""
    copies = {copy.subject: copy for copy in first.copies}
    found = []
    for holder in holders:
        mine = first
        if holder != first.subject:
            mine = await recorded_copy(first, copies[holder], service.addresses, service.master)
            service.faults.reach("after-record-copy")
        found.append(await deliver(service, mine, organisation, form))
    return found


async def deliver(
    service: Service, recorded: Issuance, organisation: Organisation, form: IssuedForm
) -> bytes:
    """What is recorded, in a form: signed the first time that somebody asks, the same bytes ever after."""
    kept = await finish(service, recorded, organisation)
    if form is IssuedForm.LDP_VC:
        return credential_of(service.master, kept)
    if form not in kept.forms:
        now, key = service.clock(), organisation.current(KEY_TYPES[form])
        signer = open_key(service.master, organisation.id, key)
        opened = SigningWith(signer, f"{organisation.did}#{key.id}", now, key.certificates)
        unsigned = unsigned_of(service.master, kept)
        source = await asyncio.to_thread(sign_form, form, kept, unsigned, opened, service.addresses)
        service.faults.reach("after-sign-form")
        sealed = seal(service.master, organisation.id, kept.id, form, source)
        kept = await kept.keep_form(form, SignedForm(source=sealed, key=key.id, signed_at=now))
        service.faults.reach("after-store-form")
    return source_of(service.master, kept, form)


def sign(unsigned: bytes, signer: Signer, did: str, key: SigningKeyRecord, now: datetime) -> bytes:
    """The first form of a credential, as the bytes that are stored and delivered."""
    return dump(
        add_proof(parse_object(unsigned), signer=signer, verification_method=f"{did}#{key.id}", created=now)
    )


def audit_event(recorded: Issuance) -> AuditEvent:
    """The same event however often it is written."""
    return AuditEvent.of(
        recorded.organisation,
        recorded.recorded_at,
        recorded.account,
        "credential.issue",
        recorded.id,
        once=True,
    )


async def _prepared(service: Service, order: Order) -> Issuance:
    now = service.clock()
    service.faults.reach("before-reserve")
    indexes = await StatusCounter.reserve(order.organisation.id, 1 + len(order.others), now)
    service.faults.reach("after-reserve")
    prepared = prepare(
        order, addresses=service.addresses, master=service.master, status_indexes=indexes, now=now
    )
    recorded = await prepared.record()
    service.faults.reach("after-record")
    return recorded
