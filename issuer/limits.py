"""Limits of the issuer, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferLimits:
    code_lifetime: int = 600
    """Seconds that one pre-authorized code lives; the offer itself lives longer and gives fresh codes."""
    token_lifetime: int = 300
    """Seconds: a wallet goes on at once, and may retry a reply that got lost."""
    nonce_lifetime: int = 300
    """Seconds from the wallet's question for a nonce to the proof of its key; each is taken once."""
    tx_code_digits: int = 6
    """What a person types over from a letter or a second device."""
    tx_code_tries: int = 5
    """Of a million codes: a chance of 1 in 200,000 for somebody who guesses, and then the offer is void."""
    keys: int = 10
    """Of one wallet that a credential is made for at once: as many as can be sent, see VCI.keys."""
    wait: int = 300
    """Seconds that a wallet is asked to wait before it comes back for what is held."""
    longest: int = 7_776_000
    """Seconds (90 days): an offer that nobody takes in a quarter is forgotten."""


OFFER = OfferLimits()


@dataclass(frozen=True, slots=True)
class BatchLimits:
    rows: int = 10_000
    """A large school's year."""
    size: int = 4_194_304
    """Bytes: 10,000 rows of 400."""
    cell: int = 2_048
    """Characters of one cell: a DID or a remark."""
    chunk: int = 100
    """Rows recorded and signed together; after a crash at most these are looked at again."""
    running: int = 4
    """Batches of one organisation that may be under way."""
    withdrawals: int = 1_000
    """Rows of one list of credentials to withdraw: they are done while the caller waits, in a few seconds."""
    withdrawals_size: int = 524_288
    """Bytes of such a list: a thousand rows of 500."""


BATCH = BatchLimits()


@dataclass(frozen=True, slots=True)
class StackLimits:
    least: int = 2
    """Parts: one part is no stack."""
    parts: int = 16
    """As many credentials as one presentation may hold."""
    issuers: int = 16
    """Issuers that count for one part: the schools of a region that share a module."""


STACK = StackLimits()

PICTURE_SIZE = 524_288
"""Bytes of a picture that an organisation chooses for a badge: it stands in every file of that badge."""
CARDS = 30
"""Cards in one file, three sheets: drawing a code takes a fifth of a second."""
EVIDENCE_SIZE = 1_048_576
"""Bytes of one evidence file: a scanned page or a time sheet, not a film."""
ACCOUNTS = 1_000
"""Accounts of one organisation."""
METADATA_SIZE = 1_835_008
"""Bytes of credential configurations in one organisation's metadata, the newest first: wallets take 2 MiB."""
LOGO_SIZE = 48_128
"""Bytes of an organisation's logo in its metadata, where it stands as text of 64 KiB at most."""
CERTIFICATES = 4
"""In one chain: an organisation's own, and those of authorities below each other."""
CERTIFICATE_SIZE = 12_288
"""Characters of a chain in the header of every token: wallets read 16 KiB of a header."""
DESCRIPTION_SHOWN = 256
"""Characters of an achievement's description in metadata: a wallet shows it on a card."""
PAGE = 100
"""Entries in one answer to a list request."""
NAME = 256
"""Characters of a name."""
REFERENCE = 128
"""Characters of somebody's own reference, and of an Idempotency-Key."""
KEYS = 64
"""Keys that one organisation can have had: as many as a DID document may list. A rotation makes two."""
SESSION_SECONDS = 28_800
"""A working day in the console."""
