"""What somebody reads first of a report: from whom, since when, what is wrong, what could not be told.

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
_NOT_LOOKED_AT = "not_checked"


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


def wrong(content: Content) -> list[dict[str, Any]]:
    """Each check that was answered no, once: of what, and the check itself. `content` has sentences."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, check in _checks(content, "no"):
        one = found.setdefault((check["code"], check["reason"]["sentence"]), {"of": [], "check": check})
        if name and name not in one["of"]:
            one["of"].append(name)
    return list(found.values())


def untold(content: Content) -> list[dict[str, Any]]:
    """Each thing that could not be told, once: about what, in which sentence, and the code of what to do.

    What was not looked at because something else is wrong is not among them: `wrong` says what is.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    failed = bool(wrong(content))
    for name, check in _checks(content, "cannot-tell"):
        if failed and check["reason"]["code"] == _NOT_LOOKED_AT:
            continue
        advice = "advice-withheld" if check["reason"]["code"] in _WITHHELD else _ADVICE.get(check["code"])
        key = (check["reason"]["sentence"], check["code"])
        one = found.setdefault(
            key, {"about": [], "sentence": check["reason"]["sentence"], "advice": advice or "advice-later"}
        )
        if name and name not in one["about"]:
            one["about"].append(name)
    if found or failed:
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


def _checks(content: Content, answer: str) -> Iterator[tuple[str, Content]]:
    """The checks with this answer, each with the name of what it is of."""
    parts = [(each.get("name") or "", each["checks"]) for each in _shown(content)]
    parts += [(each["type"], each["checks"]) for each in content.get("others", ())]
    parts += [("", [check for check in content["checks"] if check["code"] not in _SUMS])]
    yield from ((name, check) for name, checks in parts for check in checks if check["answer"] == answer)
