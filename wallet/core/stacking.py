"""Asking for a stacked credential: which parts are needed, which are here, and exactly what would leave.

Nothing here opens a socket. What the person agrees to is named by a mark.
"""

import hashlib
import json
from dataclasses import dataclass

from passport.answers import Answer
from passport.json import JsonObject, dump, parse_object
from passport.statements import Members
from wallet.core import limits
from wallet.core.disclose import disclose
from wallet.core.journal import Way, journal_records
from wallet.core.plain_text import plain_name
from wallet.core.present import sign_presentation, skills_in
from wallet.core.shelf import Kept, kept, kept_one
from wallet.core.wallet import Wallet
from wallet.errors_claims import AskingChanged
from wallet.errors_imports import MalformedStack, StackNotReady


@dataclass(frozen=True, slots=True)
class StackPart:
    achievement: str
    name: str
    issuers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stack:
    """What an organisation says that it asks for. Nobody signed it: the person sees whose address it is."""

    url: str
    name: str
    issuer: str
    least: int
    parts: tuple[StackPart, ...]


@dataclass(frozen=True, slots=True)
class Stackable:
    """A stack beside the wallet: for each part the credential that would be shown for it, or None."""

    stack: Stack
    found: tuple[tuple[StackPart, Kept | None], ...]

    @property
    def leaving(self) -> tuple[Kept, ...]:
        return tuple(one for _, one in self.found if one is not None)

    @property
    def ready(self) -> bool:
        return len(self.leaving) >= self.stack.least

    @property
    def mark(self) -> str:
        """Names exactly what would leave, to whom."""
        named = [self.stack.url, self.stack.issuer, [one.id for one in self.leaving]]
        return hashlib.sha256(json.dumps(named).encode("utf-8")).hexdigest()


def parse_stack(body: bytes, *, url: str, issuer: str) -> Stack:
    """Read what stands at the address of a stack.

    Raises:
        MalformedStack: not what our service writes, or of another organisation than the address's.
        Invalid: no JSON within limits.
    """
    members = Members(parse_object(body), MalformedStack)
    members.text("id")
    members.constant("url", url)
    members.constant("issuer", issuer)
    members.url("achievement")
    found = Stack(
        url=url,
        name=plain_name(members.text("name")),
        issuer=issuer,
        least=members.integer("least", most=limits.CREDENTIALS_SHOWN),
        parts=tuple(_part(each) for each in members.nested_list("parts", most=limits.CREDENTIALS_SHOWN)),
    )
    members.close()
    return found


def _part(members: Members) -> StackPart:
    found = StackPart(
        members.url("achievement"),
        plain_name(members.text("name", most=2_048)),
        members.dids("issuers", most=limits.CREDENTIALS_SHOWN),
    )
    members.close()
    return found


def stackable(wallet: Wallet, stack: Stack) -> Stackable:
    """The parts of a stack that are here: genuine, not known to have ended, the one that holds longest.

    What can't be checked at this moment is shown all the same: the organisation looks it up itself.
    """
    good = [one for one in kept(wallet) if one.verified is not None and one.answer is not Answer.NO]
    return Stackable(stack, tuple((part, _best(good, part)) for part in stack.parts))


def approve_stack(wallet: Wallet, stack: Stack, *, mark: str, challenge: str, host: str) -> bytes:
    """The person agrees: what is sent to the organisation. The journal has it before it leaves.

    Raises:
        AskingChanged: what would leave is not what the person saw.
        StackNotReady: too few of the parts are here.
        NoHolderKey, VaultNotSaved
    """
    found = stackable(wallet, stack)
    if mark != found.mark:
        raise AskingChanged
    if not found.ready:
        raise StackNotReady(here=len(found.leaving), needed=stack.least)
    leaving = [disclose(wallet, kept_one(wallet, one.id)) for one in found.leaving]
    signed = sign_presentation(wallet, leaving, challenge=challenge, domain=stack.issuer)
    wallet.save(
        journal_records(
            wallet,
            Way.ASKED,
            asker=stack.issuer,
            host=host,
            credentials=[one.id for one in found.leaving],
            skills=skills_in(leaving),
        )
    )
    body: JsonObject = {"presentation": json.loads(signed)}
    return dump(body)


def _best(credentials: list[Kept], part: StackPart) -> Kept | None:
    fitting = [one for one in credentials if _fits(one, part)]
    return max(fitting, key=_end, default=None)


def _fits(one: Kept, part: StackPart) -> bool:
    parsed = one.report.parsed
    return (
        parsed is not None
        and parsed.subject.achievement.id == part.achievement
        and parsed.issuer.id in part.issuers
    )


def _end(one: Kept) -> tuple[bool, float, str]:
    parsed = one.report.parsed
    until = None if parsed is None else parsed.valid_until
    return (one.answer is Answer.YES, float("inf") if until is None else until.timestamp(), one.id)
