"""Badges at rest: sealed under the master secret, each for its own record and its own form.

What a badge says is opened where it is signed, delivered or saved, and stays bytes that say nothing anywhere
else. Records of before the store sealed them are read as they are, until `issuer.issuance.sealing` was there.
"""

from typing import Final

from issuer.issuance.forms import IssuedForm
from issuer.issuance.records import Issuance
from issuer.secrets import MasterSecret

UNSIGNED: Final = "unsigned"
_PURPOSE = "issuance"
_PLAIN = (b"{", b"e")
"""How JSON and how tokens begin; what is sealed begins with the number of its format."""


def seal(master: MasterSecret, slug: str, issuance_id: str, what: str, data: bytes) -> bytes:
    """Seal what a record holds: its unsigned credential, or one of its forms."""
    return master.seal(data, purpose=_PURPOSE, bound_to=(slug, issuance_id, what))


def unsigned_of(master: MasterSecret, issuance: Issuance) -> bytes:
    """The credential's JSON without its proof; raises SealBroken."""
    return _opened(master, issuance, UNSIGNED, issuance.unsigned)


def credential_of(master: MasterSecret, issuance: Issuance) -> bytes:
    """The form that is always made, of one that is signed; raises SealBroken."""
    assert issuance.credential is not None
    return _opened(master, issuance, IssuedForm.LDP_VC, issuance.credential)


def source_of(master: MasterSecret, issuance: Issuance, form: IssuedForm) -> bytes:
    """Another form, of one that has it; raises SealBroken."""
    return _opened(master, issuance, form, issuance.forms[form].source)


def is_plain(kept: bytes) -> bool:
    """Whether a record's bytes are of before they were sealed."""
    return kept.startswith(_PLAIN)


def _opened(master: MasterSecret, issuance: Issuance, what: str, kept: bytes) -> bytes:
    if is_plain(kept):
        return kept
    return master.open(kept, purpose=_PURPOSE, bound_to=(issuance.organisation, issuance.id, what))
