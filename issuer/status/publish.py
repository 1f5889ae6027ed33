"""Publish a status list: derived from its record, signed, whole or not at all.

Nothing half-written can be seen: the list is made in memory from one document. The same version in the same
stretch of time gives the same bytes on every worker and after every restart.
"""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from issuer.organisations.keyring import open_key
from issuer.organisations.records import Organisation
from issuer.service import Service
from issuer.status.cache import PublishedList
from issuer.status.permutation import ENTRIES
from issuer.status.records import StatusListRecord
from passport.errors import NotFound
from passport.json import dump
from passport.proofs import add_proof
from passport.status import bitstring
from passport.status.credential import build_status_list


async def publish(service: Service, slug: str, number: int) -> PublishedList:
    """The signed BitstringStatusListCredential as it stands.

    Raises:
        NotFound: no credential of the organisation uses such a list.
    """
    head = await StatusListRecord.head(slug, number, service.clock())
    if head is None:
        raise NotFound
    key = f"{slug}/{number}"
    now = period(service)
    kept = service.lists.get(key, int(head["version"]), now)
    if kept is not None:
        return kept
    record = await StatusListRecord.get(key)
    organisation = await Organisation.find_or_fail(slug)
    assert record is not None
    published = await asyncio.to_thread(_sign, service, organisation, record, now)
    service.faults.reach("after-publish")
    service.lists.put(key, published)
    return published


def period(service: Service) -> int:
    """Half the lifetime: a list is signed anew well before it ends."""
    return int(service.clock().timestamp()) // _half(service)


def valid_from(service: Service, number: int, *records: StatusListRecord) -> datetime:
    """When a list that is signed in this stretch of time began to be as it is."""
    began = datetime.fromtimestamp(number * _half(service), UTC)
    return max(began, *(record.changed_at.replace(microsecond=0) for record in records))


def time_to_live(service: Service) -> timedelta | None:
    """How long a verifier may go on with a list; none says nothing, for no list may say zero."""
    return timedelta(seconds=service.settings.status_list_ttl) or None


def _half(service: Service) -> int:
    return max(1, service.settings.status_list_lifetime // 2)


def _sign(service: Service, organisation: Organisation, record: StatusListRecord, now: int) -> PublishedList:
    began = valid_from(service, now, record)
    unsigned = build_status_list(
        url=service.addresses.status(organisation.id, record.number),
        issuer=organisation.did,
        purpose=record.purpose,
        encoded_list=bitstring.encode(_bits(record.places)),
        valid_from=began,
        valid_until=began + timedelta(seconds=service.settings.status_list_lifetime),
        ttl=time_to_live(service),
    )
    key = organisation.current_key
    signed = add_proof(
        unsigned,
        signer=open_key(service.master, organisation.id, key),
        verification_method=f"{organisation.did}#{key.id}",
        created=began,
    )
    body = dump(signed)
    return PublishedList(record.version, now, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _bits(places: dict[str, Any]) -> bytes:
    bits = bitstring.empty(ENTRIES)
    for number in places:
        bitstring.set_bit(bits, int(number), on=True)
    return bytes(bits)
