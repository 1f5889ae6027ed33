"""A learner's mail address on an offer: sealed to be written to, and as a keyed digest to be found by.

The store alone tells no address, and nobody without the master secret can try addresses against a digest.
"""

from issuer.mail.address import Address
from issuer.secrets import MasterSecret

_PURPOSE = "learner-mailbox"


def mailbox_digest(master: MasterSecret, slug: str, address: Address) -> bytes:
    """Of one organisation's learner; in small letters, for that is how people type their own address."""
    return master.code(_PURPOSE, slug, str(address).lower())


def seal_mailbox(master: MasterSecret, slug: str, offer_id: str, address: Address) -> bytes:
    return master.seal(str(address).encode("ascii"), purpose=_PURPOSE, bound_to=(slug, offer_id))


def open_mailbox(master: MasterSecret, slug: str, offer_id: str, sealed: bytes) -> str:
    """The address as the school wrote it; raises SealBroken."""
    return master.open(sealed, purpose=_PURPOSE, bound_to=(slug, offer_id)).decode("ascii")
