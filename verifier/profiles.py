"""Function profiles: what an employer asks for a job, signed, numbered, and served to anybody."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from passport.evidence.demand import Demand, Purpose
from passport.evidence.profile import build_function_profile
from verifier.employers import Employers
from verifier.errors import NoSuchProfile
from verifier.records import Employer, Profile

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_TRIES = 5


class Profiles:
    def __init__(self, employers: Employers, origin: str) -> None:
        self._employers = employers
        self._origin = origin

    async def publish(
        self,
        employer: Employer,
        key: str,
        *,
        name: Mapping[str, str],
        purpose: Purpose,
        taxonomy: str,
        occupation: str | None,
        demands: Sequence[Demand],
        valid_until: datetime,
        now: datetime,
    ) -> Profile:
        """Publish a profile, as the next version under its key.

        Raises:
            MalformedFunctionProfile: what was given would not be read back.
        """
        for _ in range(_TRIES):
            version = await self._next_version(employer, key)
            document = build_function_profile(
                profile_id=f"{self._origin}/e/{employer.id}/profiles/{key}/{version}",
                version=version,
                name=name,
                publisher=employer.did,
                publisher_name=employer.name,
                purpose=purpose,
                taxonomy=taxonomy,
                demands=demands,
                valid_from=now,
                valid_until=valid_until,
                occupation=occupation,
            )
            profile = Profile(
                id=f"{employer.id}/{key}/{version:06}",
                employer=employer.id,
                key=key,
                version=version,
                document=self._employers.sign(employer, document, now),
                published_at=now,
            )
            try:
                return await profile.insert()
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
        if found is None:
            raise NoSuchProfile
        return found

    async def all(self, employer: str) -> list[Profile]:
        """The newest version of each profile."""
        newest: dict[str, Profile] = {}
        for profile in await Profile.find({"employer": employer}).sort("-version").limit(1000).to_list():
            newest.setdefault(profile.key, profile)
        return sorted(newest.values(), key=lambda profile: profile.published_at, reverse=True)

    async def _next_version(self, employer: Employer, key: str) -> int:
        try:
            return (await self.get(employer.id, key)).version + 1
        except NoSuchProfile:
            return 1
