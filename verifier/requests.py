"""Requests: a challenge that is given out, answered at most once, or expires.

The states are types that hold what they have earned; the way from Created to Answered is `answered`, and
the insert of the report under the request's own id decides who takes it.
"""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from passport.evidence.profile import FunctionProfile, parse_function_profile
from passport.evidence.request import build_presentation_request
from passport.json import JsonObject, dump
from passport.qr_text import pack
from verifier.employers import Employers
from verifier.errors import NoSuchRequest, RequestAnswered, RequestExpired
from verifier.records import Employer, Profile, Report, Request

_CHALLENGE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Created:
    """Waiting for its answer."""

    id: str
    employer: str
    challenge: str
    profile: FunctionProfile
    document: JsonObject
    frames: tuple[str, ...]
    created_at: datetime
    valid_until: datetime
    transaction: str = ""
    """The way to answer it over OpenID4VP that our own page shows."""


@dataclass(frozen=True, slots=True)
class Answered:
    id: str
    employer: str
    profile: FunctionProfile
    created_at: datetime
    report: str


@dataclass(frozen=True, slots=True)
class Expired:
    id: str
    employer: str
    profile: FunctionProfile
    created_at: datetime
    key: str
    """Of the profile: what can be asked again."""


State = Created | Answered | Expired


class Requests:
    def __init__(self, employers: Employers, *, origin: str, lifetime: int) -> None:
        self._employers = employers
        self._origin = origin
        self._lifetime = timedelta(seconds=lifetime)

    async def create(self, employer: Employer, profile: Profile, now: datetime) -> Created:
        """A signed request with a challenge of 128 random bits, as JSON and as the text of QR codes.

        Its domain is the employer's DID: several employers share one host, and none can use an answer that
        was made for another.
        """
        identifier = str(uuid.uuid4())
        parsed = parse_function_profile(profile.document)
        challenge = secrets.token_urlsafe(_CHALLENGE_BYTES)
        document = self._employers.sign(
            employer,
            build_presentation_request(
                request_id=f"urn:uuid:{identifier}",
                challenge=challenge,
                domain=employer.did,
                verifier=employer.did,
                verifier_name=employer.name,
                purpose=parsed.purpose,
                profile=profile.document,
                response_uri=f"{self._origin}/r/{identifier}",
                valid_from=now,
                valid_until=now + self._lifetime,
            ),
            now,
        )
        record = Request(
            id=identifier,
            employer=employer.id,
            profile=profile.id,
            challenge=challenge,
            document=document,
            frames=list(pack(dump(document))),
            created_at=now,
            valid_until=now + self._lifetime,
        )
        await record.insert()
        return _created(record)

    async def get(self, identifier: str, now: datetime, employer: Employer | None = None) -> State:
        """The request in its state; raises NoSuchRequest, also for somebody else's."""
        record = await Request.get(identifier) if len(identifier) <= 36 else None  # noqa: PLR2004
        if record is None or (employer is not None and record.employer != employer.id):
            raise NoSuchRequest
        # the report under the request's id is the answer, also when this process ended before it said so
        if record.state == "answered" or await Report.get(record.id) is not None:
            return Answered(**_common(record), report=record.report or record.id)
        if now >= record.valid_until:
            return Expired(**_common(record), key=record.profile.split("/")[1])
        return _created(record)

    async def open(self, identifier: str, now: datetime, employer: Employer | None = None) -> Created:
        """The request if it still waits for its answer.

        Raises:
            NoSuchRequest, RequestAnswered, RequestExpired.
        """
        match await self.get(identifier, now, employer):
            case Created() as created:
                return created
            case Answered():
                raise RequestAnswered
            case Expired():
                raise RequestExpired

    async def waiting_for(self, employer: Employer, challenge: str) -> str | None:
        """The id of this employer's request with that challenge, if none has answered it."""
        found = await Request.find_one({"employer": employer.id, "challenge": challenge, "state": "created"})
        return None if found is None else found.id

    async def answered(self, created: Created, report: str) -> Answered:
        """Close the request with its report, which was inserted under the request's id before."""
        await Request.get_pymongo_collection().find_one_and_update(
            {"_id": created.id, "state": "created"}, {"$set": {"state": "answered", "report": report}}
        )
        return Answered(created.id, created.employer, created.profile, created.created_at, report)

    async def also_by(self, created: Created, transaction: str) -> None:
        """Show on our own page this way to answer it over OpenID4VP."""
        await Request.get_pymongo_collection().find_one_and_update(
            {"_id": created.id}, {"$set": {"transaction": transaction}}
        )

    async def recent(self, employer: Employer, now: datetime) -> list[State]:
        records = await Request.find({"employer": employer.id}).sort("-created_at").limit(20).to_list()
        return [await self.get(record.id, now) for record in records]


def _profile(record: Request) -> FunctionProfile:
    return parse_function_profile(record.document["profile"])


async def close_request(identifier: str) -> None:
    """Its report is being deleted, which was what said that it is answered."""
    await Request.find({"_id": identifier}).update({"$set": {"state": "answered", "report": identifier}})


def _common(record: Request) -> dict[str, Any]:
    return {
        "id": record.id,
        "employer": record.employer,
        "profile": _profile(record),
        "created_at": record.created_at,
    }


def _created(record: Request) -> Created:
    return Created(
        **_common(record),
        challenge=record.challenge,
        document=record.document,
        frames=tuple(record.frames),
        valid_until=record.valid_until,
        transaction=record.transaction,
    )
