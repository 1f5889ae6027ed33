"""Share links (way D): what would be behind one, the link itself, and those that are open.

The wallet writes the link down before anything leaves, so that whatever happens on the way can be taken away.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from passport.clock import format_datetime, parse_datetime
from passport.encoding import base64url_encode
from passport.json import JsonObject, dump
from passport.share_link import ShareLink, deletion_digest, envelope, new_link, parse_link, seal_shared
from wallet.core import limits
from wallet.core.disclose import Disclosed
from wallet.core.journal import Way, journal_records
from wallet.core.present import leaving_of, sign_presentation, skills_in
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors import ConsentChanged, UnknownRecord
from wallet.errors_sharing import NotALinkTime, TooManyLinks

DAYS = 14
TIMES = (1, 7, 14, 30, 90)
"""Days for which a link may be open; the person chooses, two weeks where they don't."""
HOST_SETTING = "share-host"
_SECRET = 32


@dataclass(frozen=True, slots=True)
class Sharing:
    """What anybody with the link could read."""

    leaving: tuple[Disclosed, ...]

    @property
    def mark(self) -> str:
        """Names exactly that."""
        digests = sorted(hashlib.sha256(dump(one.document)).hexdigest() for one in self.leaving)
        return hashlib.sha256("".join(digests).encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link of this wallet. `link` has the key in it."""

    id: str
    link: ShareLink = field(repr=False)
    made_at: datetime
    until: datetime
    credentials: tuple[str, ...]
    """The wallet's own ids."""
    skills: tuple[str, ...]
    secret: str = field(repr=False)
    """Takes it away."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What is sent to the host: it can't read it."""

    shared: SharedLink
    body: bytes = field(repr=False)

    @property
    def address(self) -> str:
        return f"{self.shared.link.origin}/api/links"


def look_at(
    wallet: Wallet, records: Sequence[str], skills: Mapping[str, Collection[str]] = MappingProxyType({})
) -> Sharing:
    """What would be behind a link; nothing is made.

    Raises:
        NothingChosen, NoneOfItsSkills, NotToBeShown, OnlyWhole, UnknownRecord
    """
    return Sharing(tuple(leaving_of(wallet, records, skills)))


def prepare(
    wallet: Wallet, sharing: Sharing, *, host: str, days: int = DAYS, mark: str | None = None
) -> Upload:
    """Sign for a new link, encrypt, and write it down with its entry in the journal. Nothing is sent by this.

    Args:
        wallet: whose credentials they are.
        sharing: what the person looked at.
        host: where it goes: scheme, host and perhaps a port.
        days: one of TIMES.
        mark: of what the person agreed to.

    Raises:
        ConsentChanged: it is no longer what they agreed to.
        NotALinkTime, TooManyLinks, SharedTooLarge
        NotAShareLink: `host` is no such address.
        HoldersMixed, NotInPresentations, NoHolderKey, VaultNotSaved
    """
    if mark is not None and mark != sharing.mark:
        raise ConsentChanged
    if days not in TIMES:
        raise NotALinkTime
    if len(wallet.vault.of_kind(Kind.SHARED)) >= limits.SHARED_LINKS:
        raise TooManyLinks(limit=limits.SHARED_LINKS)
    now = wallet.now().replace(microsecond=0)
    until = now + timedelta(days=days)
    secret = base64url_encode(wallet.random(_SECRET))
    link = new_link(host.strip().rstrip("/"), secret, wallet.random)
    signed = sign_presentation(wallet, sharing.leaving, domain=link.url, until=until)
    sealed = envelope(seal_shared(signed, link, until, wallet.random))
    credentials = tuple(one.kept.id for one in sharing.leaving)
    skills = tuple(skills_in(sharing.leaving))
    shared = SharedLink(link.id, link, now, until, credentials, skills, secret)
    journal = journal_records(wallet, Way.SHARED, host=link.host, credentials=credentials, skills=skills)
    wallet.save({**journal, (Kind.SHARED, link.id): _written(shared)})
    body = {name: sealed[name] for name in ("id", "until", "sealed")}
    return Upload(shared, dump(body | {"deletion_digest": deletion_digest(secret)}))


def shared_links(wallet: Wallet) -> tuple[SharedLink, ...]:
    """Every link that is written down, the newest first; also those whose time is over."""
    found = [_read(identifier, data) for identifier, data in wallet.vault.of_kind(Kind.SHARED).items()]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))


def shared_link(wallet: Wallet, identifier: str) -> SharedLink:
    """Raises UnknownRecord."""
    data = wallet.vault.of_kind(Kind.SHARED).get(identifier)
    if data is None:
        raise UnknownRecord
    return _read(identifier, data)


def forget_link(wallet: Wallet, identifier: str) -> None:
    """Once its ciphertext is gone from the host, or its time is over: its key goes for good."""
    wallet.erase(frozenset({(Kind.SHARED, identifier)}))


def usual_host(wallet: Wallet) -> str | None:
    """Where the last link was put that its host took."""
    data = wallet.vault.of_kind(Kind.SETTING).get(HOST_SETTING)
    return None if data is None else str(json.loads(data)["origin"])


def remember_host(wallet: Wallet, origin: str) -> None:
    """The host took a link: the next one may go there too."""
    if usual_host(wallet) != origin:
        wallet.save({(Kind.SETTING, HOST_SETTING): as_json({"origin": origin})})


def shared_json(one: SharedLink, now: datetime) -> JsonObject:
    """A link for a program that drives the wallet."""
    return {
        "id": one.id,
        "link": one.link.text,
        "host": one.link.host,
        "madeAt": format_datetime(one.made_at),
        "until": format_datetime(one.until),
        "ended": now >= one.until,
        "credentials": list(one.credentials),
        "skills": list(one.skills),
    }


def _written(one: SharedLink) -> bytes:
    return as_json(
        {
            "link": one.link.text,
            "madeAt": format_datetime(one.made_at),
            "until": format_datetime(one.until),
            "credentials": list(one.credentials),
            "skills": list(one.skills),
            "secret": one.secret,
        }
    )


def _read(identifier: str, data: bytes) -> SharedLink:
    kept = json.loads(data)
    return SharedLink(
        identifier,
        parse_link(kept["link"]),
        parse_datetime(kept["madeAt"]),
        parse_datetime(kept["until"]),
        tuple(kept["credentials"]),
        tuple(kept["skills"]),
        kept["secret"],
    )
