"""Function profiles: what an employer asks for a job, signed, numbered, and served to anybody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo.errors import DuplicateKeyError

from passport.evidence.demand import Demand, Purpose
from passport.evidence.lint import Finding
from passport.evidence.profile import build_function_profile, parse_function_profile
from passport.json import JsonObject
from verifier.employers import Employers
from verifier.errors import NoSuchProfile, ProfileCannotBeMet
from verifier.linting import errors, findings
from verifier.records import Employer, Profile
from verifier.trust_lists import TrustLists

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_TRIES = 5
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an employer says of a profile; the service adds publisher, version, dates and proof."""

    key: str
    name: Mapping[str, str]
    purpose: Purpose
    taxonomy: str
    occupation: str | None
    demands: Sequence[Demand]
    valid_until: datetime | None


class Profiles:
    def __init__(self, employers: Employers, origin: str, trust: TrustLists) -> None:
        self._employers = employers
        self._origin = origin
        self._trust = trust

    async def lint(self, employer: Employer, draft: Draft, now: datetime) -> tuple[Finding, ...]:
        """What is wrong with a profile before it is published; raises MalformedFunctionProfile."""
        return await self._lint(self._build(employer, draft, 1, now), now)

    async def publish(
        self, employer: Employer, draft: Draft, now: datetime, *, with_errors: bool = False
    ) -> tuple[Profile, tuple[Finding, ...]]:
        """Publish a profile, as the next version under its key; and what was found about it.

        Raises:
            MalformedFunctionProfile: what was given would not be read back.
            ProfileCannotBeMet: it has errors, and nobody chose to publish it with them.
        """
        found = await self.lint(employer, draft, now)
        if errors(found) and not with_errors:
            raise ProfileCannotBeMet(errors=errors(found))
        key = draft.key
        for _ in range(_TRIES):
            version = await self.next_version(employer, key)
            document = self._build(employer, draft, version, now)
            profile = Profile(
                id=f"{employer.id}/{key}/{version:06}",
                employer=employer.id,
                key=key,
                version=version,
                document=self._employers.sign(employer, document, now),
                published_at=now,
            )
            try:
                return await profile.insert(), found
            except DuplicateKeyError:
                continue  # somebody published this version at the same moment
        raise NoSuchProfile

    async def get(self, employer: str, key: str, version: int | None = None) -> Profile:
        """One version of a profile, or its newest; raises NoSuchProfile."""
        found = None
        if KEY.fullmatch(key) and version is None:
            found = await Profile.find({"employer": employer, "key": key}).sort("-version").first_or_none()
        elif KEY.fullmatch(key):
            found = await Profile.get(f"{employer}/{key}/{version:06}")
        if found is None or found.withdrawn_at is not None:
            raise NoSuchProfile
        return found

    async def withdraw(self, employer: Employer, key: str, now: datetime) -> None:
        """Take all versions of a profile back: wallets that ask for it find none. Its numbers stay used.

        What was asked by it goes on: a request carries its profile along. Raises NoSuchProfile.
        """
        await self.get(employer.id, key)
        await Profile.find({"employer": employer.id, "key": key}).update({"$set": {"withdrawn_at": now}})

    async def all(self, employer: str) -> list[Profile]:
        """The newest version of each profile."""
        newest: dict[str, Profile] = {}
        there = Profile.find({"employer": employer, "withdrawn_at": None}).sort("-version").limit(1000)
        for profile in await there.to_list():
            newest.setdefault(profile.key, profile)
        return sorted(newest.values(), key=lambda profile: profile.published_at, reverse=True)

    async def findings(self, profile: Profile, now: datetime) -> tuple[Finding, ...]:
        """What is wrong with a published profile today: dates pass, and lists change."""
        return await self._lint(profile.document, now)

    async def _lint(self, document: JsonObject, now: datetime) -> tuple[Finding, ...]:
        return await findings(parse_function_profile(document), self._trust.store, now)

    def _build(self, employer: Employer, draft: Draft, version: int, now: datetime) -> JsonObject:
        return build_function_profile(
            profile_id=f"{self._origin}/e/{employer.id}/profiles/{draft.key}/{version}",
            version=version,
            name=draft.name,
            publisher=employer.did,
            publisher_name=employer.name,
            purpose=draft.purpose,
            taxonomy=draft.taxonomy,
            demands=draft.demands,
            valid_from=now,
            valid_until=draft.valid_until or now + _YEAR,
            occupation=draft.occupation,
        )

    async def next_version(self, employer: Employer, key: str) -> int:
        """What the next one published under this key will be; 1 is a new profile."""
        found = Profile.find({"employer": employer.id, "key": key}).sort("-version")
        newest = await found.first_or_none() if KEY.fullmatch(key) else None
        return 1 if newest is None else newest.version + 1
