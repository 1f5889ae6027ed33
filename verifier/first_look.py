"""What somebody reads first of a report: from whom, since when, what could not be told and what to do then.

It selects from the report's content, which holds everything; nothing is decided here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Content = Mapping[str, Any]
_ADVICE = {
    "issuer_found": "advice-issuer",
    "issuer_key": "advice-issuer",
    "status": "advice-status",
    "one_holder": "advice-holder",
}
_WITHHELD = frozenset({"end_may_be_withheld", "status_may_be_withheld"})
_SUMS = frozenset({"credentials_genuine"})
"""Says again what the checks of each credential say."""


def signers(content: Content) -> list[dict[str, Any]]:
    """Who signed what was shown, but its holder: each once, with since when and until when that is valid."""
    found: dict[str, dict[str, Any]] = {}
    for each in _shown(content):
        issuer = each.get("issuer")
        if issuer is None or issuer["id"] == content.get("holder"):
            continue
        one = found.setdefault(issuer["id"], {"issuer": issuer, "count": 0, "from": [], "until": []})
        if issuer["recognisedName"] and not one["issuer"]["recognisedName"]:
            one["issuer"] = issuer  # recognised for another of its credentials
        one["count"] += 1
        one["from"] += [each["validFrom"]] if each["validFrom"] else []
        one["until"] += [each["validUntil"]] if each["validUntil"] else []
    return [
        {**one, "from": min(one["from"], default=None), "until": min(one["until"], default=None)}
        for one in found.values()
    ]


def untold(content: Content) -> list[dict[str, Any]]:
    """Each thing that could not be told, once: about what, in which sentence, and the code of what to do.

    `content` has sentences beside its reasons.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, check in _open_checks(content):
        advice = "advice-withheld" if check["reason"]["code"] in _WITHHELD else _ADVICE.get(check["code"])
        key = (check["reason"]["sentence"], check["code"])
        one = found.setdefault(
            key, {"about": [], "sentence": check["reason"]["sentence"], "advice": advice or "advice-later"}
        )
        if name and name not in one["about"]:
            one["about"].append(name)
    if found:
        return list(found.values())
    return [
        {
            "about": [demand["label"]],
            "sentence": " ".join(reason["sentence"] for reason in demand["reasons"]),
            "advice": "advice-demand",
        }
        for demand in content["demands"]
        if demand["answer"] == "cannot-tell"
    ]


def named(content: Content) -> list[dict[str, Any]]:
    """What the wallet said that meets which demand, by the names of the proofs, and whether that is so."""
    labels = {demand["skill"]: demand["label"] for demand in content["demands"]}
    names = {each["id"]: each.get("name") or each["id"] for each in _shown(content) if "id" in each}
    return [
        {
            "label": labels.get(each["skill"], each["skill"]),
            "proofs": [names.get(one, one) for one in each["credentials"]],
            "confirmed": each["confirmed"],
        }
        for each in content.get("named", ())
    ]


def _shown(content: Content) -> Sequence[Content]:
    return [*content["credentials"], *content.get("endorsements", ())]


def _open_checks(content: Content) -> Iterator[tuple[str, Content]]:
    for each in _shown(content):
        yield from ((each.get("name") or "", check) for check in each["checks"] if _open(check))
    for each in content.get("others", ()):
        yield from ((each["type"], check) for check in each["checks"] if _open(check))
    yield from (("", check) for check in content["checks"] if _open(check) and check["code"] not in _SUMS)


def _open(check: Content) -> bool:
    return bool(check["answer"] == "cannot-tell")
