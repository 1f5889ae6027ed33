"""Twin signatures: of an ECDSA signature (r, s) anybody can make (r, n - s), which is as good (SEC 1, 4.1.4).

So such a signature does not name what it signs. Where a signature must count once, its one form does.
"""

from passport.keys.public_key import KeyType

_ORDER = {
    # SEC 2, sections 2.4.2 and 2.5.1
    KeyType.P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    KeyType.P384: int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16
    ),
}


def one_form(key_type: KeyType, signature: bytes) -> bytes:
    """The same bytes for a signature and for its twin; Ed25519 has no twins that verify."""
    order = _ORDER.get(key_type)
    if order is None:
        return signature
    half = len(signature) // 2
    s = int.from_bytes(signature[half:], "big")
    return signature[:half] + min(s, (order - s) % order).to_bytes(half, "big")
