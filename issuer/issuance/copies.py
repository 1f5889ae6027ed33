"""Copies of a credential: one award, for several keys of one wallet (OpenID4VCI 1.0, section 8.2).

With a key for every place where it is shown, two verifiers can't tell that they met the same person. So a
copy has an id, a holder and a place in the status lists of its own, and says the same otherwise. Which copies
there are is settled with the record of the first, in one insert; a copy's own record is made from it when it
is first delivered.
"""

import uuid
from collections.abc import Sequence

from issuer.addresses import Addresses
from issuer.issuance.records import Copy, Issuance
from issuer.issuance.sealed import UNSIGNED, seal, unsigned_of
from issuer.secrets import MasterSecret
from issuer.status.records import list_number, list_place
from passport.json import JsonObject, dump, parse_object
from passport.status.credential import REVOCATION, SUSPENSION


def settled(holders: Sequence[str], status_indexes: Sequence[int]) -> list[Copy]:
    """The copies of a credential, in the order of their keys.

    Their ids are random: made from that of the first, they would tell that they belong together.
    """
    return [
        Copy(id=uuid.uuid4().hex, subject=holder, status_index=index)
        for holder, index in zip(holders, status_indexes, strict=True)
    ]


async def recorded_copy(first: Issuance, copy: Copy, addresses: Addresses, master: MasterSecret) -> Issuance:
    """The record of a copy, written if it is not there yet."""
    found = await Issuance.get(copy.id)
    return found or await copied(first, copy, addresses, master).record()


def copied(first: Issuance, copy: Copy, addresses: Addresses, master: MasterSecret) -> Issuance:
    """The same credential for another key: only id, holder and status are its own."""
    document: JsonObject = dict(parse_object(unsigned_of(master, first)))
    document["id"] = uuid.UUID(hex=copy.id).urn
    document["credentialSubject"] = {**document["credentialSubject"], "id": copy.subject}
    entries = status_entries(addresses, first.organisation, copy.status_index, suspendable=first.suspendable)
    document["credentialStatus"] = entries[0] if isinstance(document["credentialStatus"], dict) else entries
    return Issuance(
        id=copy.id,
        organisation=first.organisation,
        achievement=first.achievement,
        subject=copy.subject,
        status_index=copy.status_index,
        suspendable=first.suspendable,
        copy_of=first.id,
        evidence=first.evidence,
        offer=first.offer,
        batch=first.batch,
        request=first.request,
        account=first.account,
        unsigned=seal(master, first.organisation, copy.id, UNSIGNED, dump(document)),
        recorded_at=first.recorded_at,
    )


def status_entries(addresses: Addresses, slug: str, index: int, *, suspendable: bool) -> list[JsonObject]:
    """What a credential says of where its status stands."""
    purposes = (REVOCATION, SUSPENSION) if suspendable else (REVOCATION,)
    entries: list[JsonObject] = []
    for purpose in purposes:
        url = addresses.status(slug, list_number(index, purpose))
        entries.append(
            {
                "id": f"{url}#{list_place(index)}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(list_place(index)),
                "statusListCredential": url,
            }
        )
    return entries
