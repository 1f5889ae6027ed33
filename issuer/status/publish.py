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
    period = _period(service)
    kept = service.lists.get(key, int(head["version"]), period)
    if kept is not None:
        return kept
    record = await StatusListRecord.get(key)
    organisation = await Organisation.find_or_fail(slug)
    assert record is not None
    published = await asyncio.to_thread(_sign, service, organisation, record, period)
    service.faults.reach("after-publish")
    service.lists.put(key, published)
    return published


def _period(service: Service) -> int:
    """Half the lifetime: a list is signed anew well before it ends."""
    return int(service.clock().timestamp()) // max(1, service.settings.status_list_lifetime // 2)


def _sign(
    service: Service, organisation: Organisation, record: StatusListRecord, period: int
) -> PublishedList:
    lifetime = timedelta(seconds=service.settings.status_list_lifetime)
    began = datetime.fromtimestamp(period * max(1, service.settings.status_list_lifetime // 2), UTC)
    valid_from = max(began, record.changed_at.replace(microsecond=0))
    unsigned = build_status_list(
        url=service.addresses.status(organisation.id, record.number),
        issuer=organisation.did,
        purpose=record.purpose,
        encoded_list=bitstring.encode(_bits(record.places)),
        valid_from=valid_from,
        valid_until=valid_from + lifetime,
        ttl=timedelta(seconds=service.settings.status_list_ttl),
    )
    key = organisation.current_key
    signed = add_proof(
        unsigned,
        signer=open_key(service.master, organisation.id, key),
        verification_method=f"{organisation.did}#{key.id}",
        created=valid_from,
    )
    body = dump(signed)
    return PublishedList(record.version, period, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _bits(places: dict[str, Any]) -> bytes:
    bits = bitstring.empty(ENTRIES)
    for number in places:
        bitstring.set_bit(bits, int(number), on=True)
    return bytes(bits)
