"""Function profiles that the person took in, to match with several at once.

A profile is kept as it came and checked again whenever it is used: that its publisher signed it, and that it
is still in force. The publisher never hears who holds it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from passport.answers import Answer, Reason
from passport.clock import format_datetime, parse_datetime
from passport.documents import DocumentCache, Documents
from passport.errors import Indeterminate, PassportError
from passport.errors.documents import NotFetched
from passport.evidence.profile import FunctionProfile, parse_function_profile, verify_function_profile
from passport.verification import Context
from wallet.core import limits
from wallet.core.unsure import check_incoming
from wallet.core.wallet import Kind, Wallet, as_json
from wallet.errors_matching import OlderProfile, TooManyProfiles, UnknownProfile


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """One function profile in the wallet, and whether it holds at this moment."""

    id: str
    """The wallet's own name for it."""
    profile: FunctionProfile
    address: str | None
    """Where it was fetched; None for a file."""
    received_at: datetime
    answer: Answer
    reason: Reason | None
    """Why it does not hold, or can't be told."""

    def name(self, language: str) -> str:
        return self.profile.name.get(language) or next(iter(self.profile.name.values()))


def keep_profile(
    wallet: Wallet, source: bytes, documents: Documents, *, address: str | None = None
) -> KeptProfile:
    """Verify a function profile and keep it; a newer version takes the place of an older one.

    Raises:
        OlderProfile: a newer version of it is here.
        TooManyProfiles
        Indeterminate: it can't be checked, and another version of it is here.
        PassportError: as verify_function_profile.
    """
    identifier = _identifier(parse_function_profile(source))
    kept = wallet.vault.of_kind(Kind.PROFILE)
    profile, answer = check_incoming(
        lambda: verify_function_profile(source, context=Context(documents, wallet.now())),
        lambda: parse_function_profile(source),
        held=identifier in kept,
        authentic=lambda _: Answer.YES,  # a host without cryptography raises
    )
    if identifier in kept and _read(kept[identifier])[0].version > profile.version:
        raise OlderProfile
    if identifier not in kept and len(kept) >= limits.PROFILES:
        raise TooManyProfiles(most=limits.PROFILES)
    now = wallet.now()
    record = {"source": source.decode("utf-8"), "address": address, "receivedAt": format_datetime(now)}
    wallet.save({(Kind.PROFILE, identifier): as_json(record)})
    reason = None if answer is Answer.YES else Reason(NotFetched.code)
    return KeptProfile(identifier, profile, address, now, answer, reason)


def profiles_kept(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[KeptProfile, ...]:
    """All of them, the latest first, each checked at this moment."""
    cache = wallet.documents() if documents is None else documents
    found = [
        _checked(wallet, identifier, data, cache)
        for identifier, data in wallet.vault.of_kind(Kind.PROFILE).items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.received_at.timestamp(), one.id)))


def profile_kept(wallet: Wallet, identifier: str) -> KeptProfile:
    """Raises UnknownProfile."""
    data = wallet.vault.of_kind(Kind.PROFILE).get(identifier)
    if data is None:
        raise UnknownProfile
    return _checked(wallet, identifier, data, wallet.documents())


def forget_profile(wallet: Wallet, identifier: str) -> None:
    """Remove it for good; raises UnknownProfile."""
    if identifier not in wallet.vault.of_kind(Kind.PROFILE):
        raise UnknownProfile
    wallet.erase(frozenset({(Kind.PROFILE, identifier)}))


def _checked(wallet: Wallet, identifier: str, data: bytes, cache: DocumentCache) -> KeptProfile:
    profile, record = _read(data)
    answer, reason = Answer.YES, None
    try:
        verify_function_profile(record["source"].encode("utf-8"), context=Context(cache, wallet.now()))
    except PassportError as error:
        answer = Answer.CANNOT_TELL if isinstance(error, Indeterminate) else Answer.NO
        reason = Reason(error.code, dict(error.details))
    return KeptProfile(
        identifier, profile, record["address"], parse_datetime(record["receivedAt"]), answer, reason
    )


def _read(data: bytes) -> tuple[FunctionProfile, dict[str, str]]:
    record = json.loads(data)
    return parse_function_profile(record["source"].encode("utf-8")), record


def _identifier(profile: FunctionProfile) -> str:
    """One for all versions of a profile of one publisher: nobody else's takes its place."""
    named = json.dumps([profile.publisher, profile.id]).encode("utf-8")
    return hashlib.sha256(named).hexdigest()[:32]
