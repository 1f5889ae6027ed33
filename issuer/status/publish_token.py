"""Publish a block of places as a Token Status List, for the forms of a credential that name one.

It is derived from the same records as the bitstrings, so whoever revokes or suspends changes both in one act.
A signature with P-256 differs each time; the same version says the same, which is what its ETag stands for.
"""

import asyncio
import hashlib
from datetime import timedelta

from issuer.organisations.keyring import open_key
from issuer.organisations.records import KeyState, Organisation, SigningKeyRecord
from issuer.service import Service
from issuer.status.cache import PublishedList
from issuer.status.permutation import ENTRIES
from issuer.status.publish import period, time_to_live, valid_from
from issuer.status.records import StatusListRecord, bitstring_numbers
from passport.errors import NotFound
from passport.json import dump
from passport.keys import KeyType
from passport.status import token_list
from passport.status.credential import REVOCATION, SUSPENSION

_SIZE = 2
"""Bits of an entry: valid, revoked or suspended."""
_STATUS = {SUSPENSION: token_list.SUSPENDED, REVOCATION: token_list.INVALID}
"""In this order: a credential that is suspended and revoked is revoked."""


async def publish_token_list(service: Service, slug: str, number: int) -> PublishedList:
    """The signed Status List Token as it stands.

    Raises:
        NotFound: no credential of the organisation uses such a list.
    """
    numbers = bitstring_numbers(number)
    heads = [await StatusListRecord.head(slug, part, service.clock()) for part in numbers]
    if None in heads:
        raise NotFound
    key, now = f"{slug}/token/{number}", period(service)
    kept = service.lists.get(key, sum(int(head["version"]) for head in heads if head), now)
    if kept is not None:
        return kept
    records = [await StatusListRecord.get(f"{slug}/{part}") for part in numbers]
    organisation = await Organisation.find_or_fail(slug)
    published = await asyncio.to_thread(
        _sign, service, organisation, number, [record for record in records if record is not None], now
    )
    service.faults.reach("after-publish")
    service.lists.put(key, published)
    return published


def _sign(
    service: Service, organisation: Organisation, number: int, records: list[StatusListRecord], now: int
) -> PublishedList:
    began = valid_from(service, now, *records)
    claims = token_list.build(
        _statuses(records),
        size=_SIZE,
        uri=service.addresses.token_status(organisation.id, number),
        issued_at=began,
        expires=began + timedelta(seconds=service.settings.status_list_lifetime),
        ttl=time_to_live(service),
    )
    key = _key(organisation)
    method = f"{organisation.did}#{key.id}"
    signer = open_key(service.master, organisation.id, key)
    token = token_list.sign(claims, signer=signer, verification_method=method)
    said = hashlib.sha256(dump([method, claims])).hexdigest()[:32]
    version = sum(record.version for record in records)
    return PublishedList(version, now, token.encode("ascii"), f'W/"{said}"')


def _statuses(records: list[StatusListRecord]) -> bytes:
    statuses = token_list.empty(ENTRIES, _SIZE)
    places = {record.purpose: record.places for record in records}
    for purpose, status in _STATUS.items():
        for place in places[purpose]:
            token_list.set_status(statuses, int(place), status, size=_SIZE)
    return bytes(statuses)


def _key(organisation: Organisation) -> SigningKeyRecord:
    """P-256 where there is one, which every wallet of the European profile can verify (HAIP 1.0)."""
    for key in organisation.keys:
        if key.state is KeyState.CURRENT and key.type is KeyType.P256:
            return key
    return organisation.current_key
