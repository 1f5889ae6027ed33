"""Every limit of the wallet, named, with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KdfBounds:
    """What the vault's header may ask of Argon2id (RFC 9106): checked before a byte is allocated."""

    memory: int = 65_536
    """KiB used for a new vault, and the floor when opening: 64 MiB, the second recommendation of RFC 9106."""
    most_memory: int = 1_048_576
    """KiB. A header that asks for more wants to exhaust this device."""
    passes: int = 3
    """With 64 MiB, as RFC 9106 recommends, and the floor when opening."""
    most_passes: int = 16
    """Seconds on a slow device with the memory of a new vault; more is a trap."""
    lanes: int = 1
    """The phone has one thread for it; more lanes would help only who guesses."""
    most_lanes: int = 8
    """A vault made by another program on a desktop."""
    salt: int = 16
    """Bytes, exactly."""


KDF = KdfBounds()


@dataclass(frozen=True, slots=True)
class VaultLimits:
    size: int = 134_217_728
    """Bytes of the whole file: it is read and written in one piece."""
    header: int = 16_384
    """Bytes of the part that is not sealed."""
    locks: int = 8
    """Ways to open: passphrase, recovery words, later a passkey and the keyring."""
    records: int = 10_000
    """Credentials, files and journal entries of a long working life."""
    record: int = 16_777_216
    """Bytes of one sealed record; the largest are evidence files."""
    identifier: int = 2_048
    """Characters of a record's identifier."""


VAULT = VaultLimits()


@dataclass(frozen=True, slots=True)
class UnlockLimits:
    """NIST SP 800-63B, 3.2.2: at most 100 failures in a row. It slows a passer-by; the KDF slows a thief."""

    free: int = 10
    """Tries without waiting: people mistype."""
    wait: int = 30
    """Seconds after the free tries; doubled each time."""
    most_wait: int = 3_600
    """Seconds: an hour stops a passer-by, and the owner comes back after lunch."""
    total: int = 100
    """Failures in a row; then the recovery words are needed."""


UNLOCK = UnlockLimits()


@dataclass(frozen=True, slots=True)
class PassphraseLimits:
    least: int = 8
    """Characters: NIST SP 800-63B."""
    most: int = 1_024
    """Characters: a long sentence fits, and hashing it costs nothing."""


PASSPHRASE = PassphraseLimits()

EVIDENCE_FILE = 8_388_608
"""Bytes of one evidence file kept beside a credential."""
OWN_FILES = 16
"""Files that one claim binds: a year of monthly time sheets and some photos."""
FILES_TOGETHER = 67_108_864
"""Bytes of all evidence files in the wallet: half of the vault, so that there is room for what they prove."""
CLAIM_TEXT = 4_000
"""Characters of one text in a claim: two pages; what is longer is a file."""
ENDORSEMENTS = 1_000
"""Confirmations that are kept: one for each skill of many claims, over a working life."""
ENDORSEMENTS_TAKEN = 64
"""Confirmations that are examined at once: one for each skill that a claim may name."""
ASKED = 200
"""Requests to organisations that are remembered."""
ASKED_CLAIMS = 8
"""Claims in one request: somebody has to look at each of them."""
IMPORTED = 200
"""Diplomas and certificates of a long working life that are kept as files."""
DIPLOMA_TEXT = 300
"""Characters of what is said of one: its name, the school, a code."""
SKILL_MAPS = 32
"""Maps from qualifications to skills: one a sector."""
PROFILES = 64
"""Function profiles that are kept and compared at once: somebody who looks for work has a dozen."""
MARKETS = 16
"""Sets of labour-market data: a country's, some regions' and a sector's; each may have a megabyte."""
FOLLOWED = 8
"""Addresses of published sets that are followed: each is asked at every update."""
CHOSEN_WORK = 24
"""Occupations that the person keeps an eye on: more than fit on one screen help nobody choose."""
RENEW_BEFORE_DAYS = 90
"""Days before the end of a licence from which the wallet says so: time for a course and for the register."""
SENT_FILE = 1_048_576
"""Bytes of one file that is sent to an organisation: what their services take. Photos are made smaller."""
SENT_TO_CONFIRM = 4
"""Files that go with a request for confirmation; the supervisor sends the records."""
PHOTO_SIDE = 2_048
"""Pixels of the longer side of a photo that was made smaller: writing on a work order stays readable."""
PHOTO_PIXELS = 60_000_000
"""Of a photo, decoded in memory: cameras of phones have 12 to 50 million."""
UPLOAD = 16_777_216
"""Bytes of an uploaded file or picture."""
SHIPPED_LISTS = 2_097_152
"""Bytes of the trust lists that come with a wallet, together: every phone fetches them with the app."""
DOCUMENTS = 256
"""Fetched documents that are kept (DID documents, status lists); a full presentation needs 48."""
ASSESSED_SKILLS = 64
"""Skills in one self-assessment: `Achievement.alignment` of an honest badge."""
SHARED_LINKS = 100
"""Links that are open at once: one for every application of a busy search for work."""
CREDENTIALS_SHOWN = 16
"""Credentials in one presentation; as passport.limits.DOCUMENT.credentials."""
ENDORSEMENTS_SHOWN = 32
"""Confirmations beside them; as passport.limits.DOCUMENT.endorsements."""
BACKUP = 268_435_456
"""Bytes of a backup, opened or not: a full vault with its files written as text is twice as large at most."""
BACKUP_WORK = 20
"""log2 of scrypt's N in an age file: 1 GiB of memory and seconds of work. age writes 18, and refuses 23."""
LOCK_MINUTES = 10
"""Without use, until the wallet locks by itself, where the person chose nothing else."""
UNDO_SECONDS = 60
"""For which what was forgotten can be put back: from memory only, since it is gone from the disk."""
WORDS_ASKED = 3
"""Recovery words to type back: a list that was not written down has no more than luck."""
WORDS_SHOWN_MINUTES = 30
"""For which new recovery words stay in memory, to be typed back."""
ARCHIVE_OPEN_MINUTES = 10
"""For which an opened backup stays in memory, to be looked at before it is taken over."""
PROGRAM_TOKEN = 3_600
"""Seconds of an access token of a program on this machine; then it asks for another."""
PROGRAMS = 32
"""Programs on this machine that are let in, or that wait to be."""
BADGES_WAITING = 20
"""Badges of one program that wait for the person's answer: nobody reads through more at once."""
PLATFORM_BADGES = 200
"""Badges that are fetched from one platform in one go: each is examined."""
PLATFORM_PAGE = 10
"""Badges in one answer of a platform: ten with a picture each fit in what is fetched at most."""
WAITING_DAYS = 365
"""Days that a credential is waited for: a school year, and an examination board that is late."""
WAITING_LEAST = 5
"""Seconds before an issuer is asked again, however short it says: the specification's own example."""
WAITING_EARLY = 30
"""Seconds between two questions of a person who does not wait until the issuer's moment."""
WAITING_MOST = 604_800
"""Seconds, a week: an issuer that says more can't keep the person from asking."""
WAITING = 64
"""Credentials that are waited for at once."""
TAKINGS = 8
"""Offers that are being taken at once: somebody who has more open has forgotten them."""
SIGN_IN = 900
"""Seconds to come back from an issuer's pages: time to find a code in a mailbox."""
IDENTIFIERS = 16
"""Credentials that one offered kind may turn out to be (`credential_identifiers`)."""
COPIES = 10
"""Copies of one credential, each under a key of its own; as passport.openid4vc.limits.VCI.keys."""
