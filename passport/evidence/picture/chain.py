"""What the picture of a chain shows: nodes, what they rest on, and what would raise the proof.

Read from the report's JSON, so that a report that was kept is drawn as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from passport.answers import Answer, Reason
from passport.dids import host_of
from passport.evidence.codes import RaiseCode
from passport.evidence.kinds import Method, Strength
from passport.evidence.rules import RULES
from passport.json import JsonObject

_MOST_GHOSTS = 2
_TO_HARD = frozenset(
    {
        RaiseCode.ASK_ASSESSOR,
        RaiseCode.ASK_INDEPENDENT,
        RaiseCode.NAME_ASSESSOR,
        RaiseCode.STATE_RESULT,
        RaiseCode.ASK_EXAMINATION,
    }
)
_OF_WHAT_IS_THERE = frozenset({RaiseCode.CHECK_AGAIN, RaiseCode.SHOW_BASE, RaiseCode.SHOW_ALL})
"""What lets a proof that is there count for what it would."""
_RULE_CEILINGS: Mapping[str, Strength] = {rule.id: rule.ceiling for rule in RULES}
_SAID = (
    "evidence.recognised.",
    "evidence.recognised_class.",
    "evidence.age",
    "evidence.records_",
    "evidence.step.",
    "evidence.rule.holder",
    "evidence.rule.work-record",
    "evidence.rule.independent-assessment",
    "evidence.rule.school-",
)
"""Reasons that the node itself shows: they need no words in it."""
_LAST = (
    "evidence.rule.",
    "evidence.step_",
    "evidence.assessor_",
    "evidence.no_bound",
    "evidence.no_result",
    "evidence.same_evidence",
)
_DIPLOMAS = frozenset({"school-diploma", "not-recognised-here"})


@dataclass(frozen=True, slots=True)
class Node:
    """One signed act: what it is, who made it, when, and whether it counts."""

    place: int
    kind: str
    """Code, under `chain`, of the words that name it."""
    who: str | None
    """The name that a trust list gives; of somebody unknown the host or DID; None for the holder."""
    calls_itself: str | None
    """The name that somebody unknown gives itself."""
    date: str | None
    age_months: int | None
    lane: Strength
    """What it counts for; of one that counts for nothing, what it would count for."""
    answer: Answer
    why: Reason | None
    """Why it counts for nothing, or why that can't be told, or what lowered it."""
    depth: int
    """How many acts it rests on, at most."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A proof that is not there yet, and would raise the strength."""

    lane: Strength
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that is drawn of one skill."""

    label: str
    answer: Answer
    strength: Strength
    strength_without: Strength | None
    nodes: tuple[Node, ...]
    rests: tuple[tuple[int, int], ...]
    """Pairs of places: the upper rests on the lower."""
    ghosts: tuple[Ghost, ...]
    more: int
    """Acts that are not drawn."""


def read_chain(skill: JsonObject, most: int) -> Chain:
    """What is drawn of one skill of a report: at most so many acts, the strongest and theirs first."""
    links = _named(skill["links"])
    below = {key: _below(key, link, links) for key, link in links.items()}
    keys = list(dict.fromkeys(each for key in links for each in (*below[key], key)))[:most]
    pairs = {(key, lower) for key in keys for lower in _next(below[key], below) if lower in keys}
    depth = _depths(keys, pairs)
    certain = skill["strengthWithout"]
    return Chain(
        label=skill["label"],
        answer=Answer(skill["answer"]),
        strength=Strength(skill["strength"]),
        strength_without=certain and Strength(certain),
        nodes=tuple(_node(place, links[key], depth[key]) for place, key in enumerate(keys)),
        rests=tuple(sorted((keys.index(upper), keys.index(lower)) for upper, lower in pairs)),
        ghosts=tuple(_ghosts(skill)),
        more=len(links) - len(keys),
    )


def _named(links: Sequence[JsonObject]) -> dict[str, JsonObject]:
    """The links by the id of their credential; another that bears the same id under a name of its own."""
    named: dict[str, JsonObject] = {}
    for link in links:
        key = str(link["credential"])
        named[key if key not in named else f"{key} {len(named)}"] = link
    return named


def _below(own: str, link: JsonObject, links: Mapping[str, JsonObject]) -> list[str]:
    """The acts that this one rests on and that are proof of this skill themselves, the lowest first."""
    steps = [step["credential"] for step in link.get("path", ())]
    return [step for step in steps if step in links and step != own]


def _next(lower: Sequence[str], below: Mapping[str, Sequence[str]]) -> list[str]:
    """Of the acts below one, those that no other of them rests on: the rest follows by way of these."""
    return [each for each in lower if not any(each in below[other] for other in lower)]


def _depths(keys: Sequence[str], pairs: set[tuple[str, str]]) -> dict[str, int]:
    """How deep each lies; as many rounds as there are acts settle every path, and end a circle."""
    depth = dict.fromkeys(keys, 0)
    for _ in keys:
        for upper, lower in pairs:
            depth[upper] = max(depth[upper], min(depth[lower] + 1, len(keys)))
    return depth


def _node(place: int, link: JsonObject, depth: int) -> Node:
    who, calls_itself = _who(link)
    return Node(
        place=place,
        kind=f"kind.{_kind(link)}",
        who=who,
        calls_itself=calls_itself,
        date=link["date"] and link["date"][:10],
        age_months=link["ageMonths"],
        lane=_lane(link),
        answer=Answer(link["answer"]),
        why=_why(link),
        depth=depth,
    )


def _who(link: JsonObject) -> tuple[str | None, str | None]:
    if link["rule"] == "holder":
        return None, None
    did, name = link["issuer"]["id"], link["issuer"]["name"]
    if link["recognisedAs"]:
        return name, None
    return host_of(did), None if name == did else name


def _lane(link: JsonObject) -> Strength:
    if link["strength"]:
        return Strength(link["strength"])
    return _RULE_CEILINGS.get(link["rule"], Strength.SOFT)


def _kind(link: JsonObject) -> str:
    if link["rule"] == "holder":
        return "claim"
    if link.get("act") == "endorsement":
        return "confirmation"
    if link["rule"] in _DIPLOMAS and link["method"] != Method.DERIVED:
        return "diploma"
    return str(link["method"] or "statement")


def _why(link: JsonObject) -> Reason | None:
    """The reason that says most: what its issuer or its status says, what lowered it, then what it lacks."""
    reasons = [Reason(each["code"], each["values"]) for each in link["reasons"]]
    return min((each for each in reasons if not each.code.startswith(_SAID)), key=_telling, default=None)


def _telling(reason: Reason) -> int:
    if not reason.code.startswith("evidence."):
        return 0
    if reason.code.startswith("evidence.standing_"):
        return 2
    return 3 if reason.code.startswith(_LAST) else 1


def _ghosts(skill: JsonObject) -> list[Ghost]:
    certain = skill["strengthWithout"]
    above = Strength.SEMI_HARD if certain == Strength.SOFT else Strength.HARD
    if certain is None:
        above = _lane(skill["links"][0])
    reasons = [Reason(each["code"], each["values"]) for each in skill["raiseBy"][:_MOST_GHOSTS]]
    return [Ghost(_raised_to(reason, skill, above), reason) for reason in reasons]


def _raised_to(reason: Reason, skill: JsonObject, above: Strength) -> Strength:
    if reason.code in _OF_WHAT_IS_THERE:
        return Strength(skill["strength"])
    return Strength.HARD if reason.code in _TO_HARD else above
