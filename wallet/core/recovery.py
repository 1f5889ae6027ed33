"""Recovery words: 256 random bits as 24 words with a checksum (BIP-0039, "Generating the mnemonic").

The bits are the key material itself; BIP-0039's PBKDF2 step makes seeds for coins and has no part here.
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from wallet.errors import MalformedRecoveryWords

ENTROPY_BYTES = 32
WORDS = 24
_MOST_CHARACTERS = 512


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The secret behind the 24 words; neither repr nor a log shows it."""

    entropy: bytes = field(repr=False)

    def words(self) -> str:
        checksum = hashlib.sha256(self.entropy).digest()[:1]
        number = int.from_bytes(self.entropy + checksum, "big")
        listed = _word_list()
        return " ".join(listed[number >> 11 * place & 2047] for place in reversed(range(WORDS)))

    @classmethod
    def from_words(cls, text: str) -> "RecoveryKey":
        """Read 24 words, in any case and spacing; raises MalformedRecoveryWords."""
        if len(text) > _MOST_CHARACTERS:
            raise MalformedRecoveryWords
        words = unicodedata.normalize("NFKD", text).lower().split()
        places = {word: place for place, word in enumerate(_word_list())}
        if len(words) != WORDS or any(word not in places for word in words):
            raise MalformedRecoveryWords
        number = 0
        for word in words:
            number = number << 11 | places[word]
        joined = number.to_bytes(ENTROPY_BYTES + 1, "big")
        entropy, checksum = joined[:ENTROPY_BYTES], joined[ENTROPY_BYTES:]
        if not hmac.compare_digest(hashlib.sha256(entropy).digest()[:1], checksum):
            raise MalformedRecoveryWords
        return cls(entropy)

    def wrapping_key(self, vault_id: bytes) -> bytes:
        """The key that wraps the data key of one vault: 256 random bits need no slow derivation."""
        return hmac.new(self.entropy, b"skills-passport recovery" + vault_id, hashlib.sha256).digest()


@cache
def _word_list() -> tuple[str, ...]:
    text = (files("wallet.core") / "words" / "english.txt").read_text(encoding="ascii")
    return tuple(text.split())
