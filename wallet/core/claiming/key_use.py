"""Which of the person's keys a credential will be bound to, and how the key is named to the issuer.

Ed25519 where the issuer takes it, so that one person has one DID; else P-256 (OpenID4VCI 1.0, 12.2.4).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from passport.dids import create_did_jwk, create_did_key
from passport.keys import KeyType
from passport.openid4vc import CredentialConfiguration
from wallet.core.holder import Holder
from wallet.core.wallet import Wallet
from wallet.errors_claiming import NoCommonKey

_NAMES = {KeyType.ED25519: frozenset({"EdDSA", "Ed25519"}), KeyType.P256: frozenset({"ES256"})}
_JWK = "jwk"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key, and whether it is sent as itself instead of by the name of a DID."""

    holder: Holder
    as_jwk: bool = False


def key_types(configuration: CredentialConfiguration) -> tuple[KeyType, ...]:
    """The kinds of keys that a configuration takes, of those that this wallet has, the first preferred."""
    taken = set(configuration.proof_algorithms)
    return tuple(each for each, names in _NAMES.items() if not names.isdisjoint(taken))


def key_type_for(configurations: Sequence[CredentialConfiguration]) -> KeyType:
    """The kind of key for one credential in several forms: that of the first, and of all where that can be.

    Raises:
        NoCommonKey: the first form takes no kind of key that this wallet has.
    """
    first, *others = [key_types(each) for each in configurations]
    if not first:
        raise NoCommonKey
    return next((each for each in first if all(each in other for other in others)), first[0])


def use_key(wallet: Wallet, key_type: KeyType, bindings: Collection[str]) -> KeyUse:
    """The wallet's key of this kind under a name that the issuer knows; a new P-256 key is kept at once.

    Args:
        wallet: whose key.
        key_type: as `key_type_for` chose.
        bindings: `cryptographic_binding_methods_supported`; with none said, a DID will do.

    Raises:
        NoCommonKey: the issuer binds to nothing that a key of ours can be called.
        NoHolderKey, VaultNotSaved
    """
    holder = wallet.holder_with(key_type)
    names = (holder.did, create_did_key(holder.public_key), create_did_jwk(holder.public_key))
    for name in names:
        if not bindings or name.rpartition(":")[0] in bindings or "did" in bindings:
            return KeyUse(holder.named(name))
    if _JWK in bindings:
        return KeyUse(holder, as_jwk=True)
    raise NoCommonKey
