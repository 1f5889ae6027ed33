"""What a host of links keeps: ciphertexts. Nobody's name, no key, no account."""

from datetime import datetime

from beanie import Document


class SharedRecord(Document):
    """One ciphertext. Its id is the link's: 128 random bits that a wallet chose."""

    id: str  # type: ignore[assignment]
    until: datetime
    sealed: bytes
    deletion_digest: str
    """SHA-256, in hex, of the secret with which its owner takes it away; the secret itself is not here."""

    class Settings:
        name = "shared"


ALL = (SharedRecord,)
