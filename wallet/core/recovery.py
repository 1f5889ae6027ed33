"""Recovery words: 256 random bits as 24 words with a checksum (BIP-0039, "Generating the mnemonic").

The bits are the key material itself; BIP-0039's PBKDF2 step makes seeds for coins and has no part here.
"""

import difflib
import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from wallet.errors import MalformedRecoveryWords
from wallet.errors_leaving import RecoveryWordsDoNotFit, UnknownRecoveryWords, WrongNumberOfWords

ENTROPY_BYTES = 32
WORDS = 24
_MOST_CHARACTERS = 512
_ALIKE = 0.7
"""How much a word must be like one of the list to be a slip of the pen: one or two letters."""
_OFFERED = 3


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
        """Read 24 words, in any case and spacing.

        Raises:
            MalformedRecoveryWords: UnknownRecoveryWords with their places, WrongNumberOfWords, or
            RecoveryWordsDoNotFit: each is a word of the list, and the checksum says that one is another.
        """
        if len(text) > _MOST_CHARACTERS:
            raise MalformedRecoveryWords
        words = _read(text)
        places = {word: place for place, word in enumerate(_word_list())}
        unknown = [str(number) for number, word in enumerate(words, 1) if word not in places]
        if unknown:
            raise UnknownRecoveryWords(places=", ".join(unknown))
        if len(words) != WORDS:
            raise WrongNumberOfWords(count=len(words))
        number = 0
        for word in words:
            number = number << 11 | places[word]
        joined = number.to_bytes(ENTROPY_BYTES + 1, "big")
        entropy, checksum = joined[:ENTROPY_BYTES], joined[ENTROPY_BYTES:]
        if not hmac.compare_digest(hashlib.sha256(entropy).digest()[:1], checksum):
            raise RecoveryWordsDoNotFit
        return cls(entropy)

    def wrapping_key(self, vault_id: bytes) -> bytes:
        """The key that wraps the data key of one vault: 256 random bits need no slow derivation."""
        return hmac.new(self.entropy, b"skills-passport recovery" + vault_id, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A word that is not in the list, for the person who typed it and nobody else."""

    number: int
    """Its place, from 1."""
    word: str = field(repr=False)
    alike: tuple[str, ...] = field(repr=False)
    """Words of the list that it may be; none where it is like none of them."""


def misspelt(text: str) -> tuple[Misspelt, ...]:
    """The words that are not in the list, with what they may be. Nothing for a text that is no such words."""
    words = _read(text) if len(text) <= _MOST_CHARACTERS else []
    listed = _word_list()
    return tuple(
        Misspelt(number, word, tuple(difflib.get_close_matches(word, listed, _OFFERED, _ALIKE)))
        for number, word in enumerate(words[:WORDS], 1)
        if word not in listed
    )


def _read(text: str) -> list[str]:
    return unicodedata.normalize("NFKD", text).lower().split()


@cache
def _word_list() -> tuple[str, ...]:
    text = (files("wallet.core") / "words" / "english.txt").read_text(encoding="ascii")
    return tuple(text.split())
