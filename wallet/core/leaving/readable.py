"""Everything in the wallet as files: signed documents byte for byte, tables, and the files of evidence.

No secrets: keys, and tokens with which an organisation would know the wallet again, are in a sealed backup
alone. Each kind of record is in READABLE or in NOT_READABLE, there with the reason.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from passport.clock import format_datetime, parse_datetime
from passport.json import JsonObject
from wallet.core.endorsements import endorsements, endorser
from wallet.core.forms import FormName
from wallet.core.imported import file_id, imported
from wallet.core.journal import JournalEntry, journal
from wallet.core.leaving.contents import Contents, Item
from wallet.core.leaving.names import extension_of, file_name, without_extension
from wallet.core.leaving.tables import write_table
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.shelf import Kept, kept_one, withdrawn
from wallet.core.summary import journal_json
from wallet.core.trust_lists import lists_in_use
from wallet.core.wallet import FIRST, Kind, Wallet

READABLE = frozenset(
    {
        Kind.IDENTITY,
        Kind.CREDENTIAL,
        Kind.FORM,
        Kind.RECEIPT,
        Kind.WITHDRAWN,
        Kind.ENDORSEMENT,
        Kind.ASKED,
        Kind.IMPORTED,
        Kind.SKILL_MAP,
        Kind.FILE,
        Kind.JOURNAL,
        Kind.TRUST_LIST,
        Kind.REQUEST,
        Kind.VP_REQUEST,
        Kind.PROFILE,
        Kind.CHOSEN_WORK,
        Kind.CATALOGUE,
        Kind.PLAN,
        Kind.OUTCOME,
        Kind.SETTING,
        Kind.MARKET,
        Kind.CHECK_UP,
        Kind.PAST,
        Kind.OWN_SKILL,
        Kind.ASSESSMENT,
        Kind.VACANCY,
        Kind.WISHES,
        Kind.ADVICE,
    }
)
NOT_READABLE: Mapping[str, str] = {
    Kind.SEED: "a secret key: whoever reads it can act as its owner",
    Kind.PUBLISHED: "published for everybody, and fetched from there; what was taken out of it is here",
    Kind.TAXONOMY: "published for everybody: a list of occupations and skills",
    Kind.DOCUMENT: "fetched from the web to check with, and published there",
    Kind.WAITING: "holds tokens with which an issuer would hand a credential to whoever has them",
    Kind.SHARED: "holds the keys of links: whoever has one can read what is shared, until the link ends",
    Kind.PLATFORM: "holds tokens with which a badge platform takes whoever has them for the owner",
    Kind.PROGRAM: "holds what tokens of programs on one machine are checked with",
    Kind.COPY: "further copies of a credential that is here, each bound to a key of its own",
}
_EXTENSION = {
    FormName.LDP_VC: "json",
    FormName.ECDSA_SD: "selective.json",
    FormName.JWT_VC: "jwt",
    FormName.VC_SD_JWT: "vc.sd-jwt",
    FormName.DC_SD_JWT: "dc.sd-jwt",
}
_AS_THEY_ARE = (
    Kind.CHOSEN_WORK,
    Kind.RECEIPT,
    Kind.WITHDRAWN,
    Kind.IMPORTED,
    Kind.SKILL_MAP,
    Kind.REQUEST,
    Kind.VP_REQUEST,
    Kind.PAST,
    Kind.OWN_SKILL,
    Kind.ASSESSMENT,
    Kind.VACANCY,
    Kind.WISHES,
    Kind.ADVICE,
    Kind.MARKET,
    Kind.CHECK_UP,
    Kind.CATALOGUE,
    Kind.PLAN,
    Kind.OUTCOME,
)


def gather(wallet: Wallet) -> Contents:
    """Every file of the readable copy, and what the page that lists them says."""
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    held = tuple(_credentials(wallet, files, names))
    sections: dict[str, tuple[Item, ...]] = {
        "leaving-credentials": held,
        "leaving-confirmations": tuple(_confirmations(wallet, files, names)),
        "leaving-evidence": tuple(_evidence(wallet, files, names)),
        "leaving-requests": tuple(_requests(wallet, files)),
        "leaving-journal": (_journal(wallet, files, names),),
        "leaving-profile": (_profile(wallet, files),),
        "leaving-lists": tuple(_lists(wallet, files)),
        "leaving-other": (_other(wallet, files),),
    }
    files["credentials.csv"] = write_table(
        ("name", "issuer", "valid from", "valid until", "received", "from", "withdrawn", "files"),
        [(one.name, *(_cell(value) for _, value in one.facts), " ".join(one.paths)) for one in held],
    )
    return Contents(wallet.did, wallet.now(), sections, files)


def _credentials(wallet: Wallet, files: dict[str, bytes], names: dict[str, str]) -> Iterator[Item]:
    gone = withdrawn(wallet)
    for number, record in enumerate(wallet.vault.of_kind(Kind.CREDENTIAL), 1):
        one = kept_one(wallet, record)
        parsed = one.report.parsed
        title = "" if parsed is None else plain_name(parsed.subject.achievement.name)
        names[record] = title
        paths = []
        for form in one.forms:
            paths.append(f"credentials/{file_name(number, title, _EXTENSION[form.name])}")
            files[paths[-1]] = form.source
        if parsed is not None:
            for each in parsed.evidence:
                if each.id is not None:
                    names.setdefault(each.id, each.name or title)
        yield Item(title or record, (*_facts_of(one), ("leaving-withdrawn", gone.get(record))), tuple(paths))


def _facts_of(one: Kept) -> tuple[tuple[str, str | datetime | None], ...]:
    parsed = one.report.parsed
    return (
        ("claim-issuer", None if parsed is None else plain_name(parsed.issuer.name or parsed.issuer.id)),
        ("claim-valid-from", None if parsed is None else parsed.valid_from),
        ("claim-valid-until", None if parsed is None else parsed.valid_until),
        ("leaving-received", one.received_at),
        ("credential-from-host", one.host),
    )


def _cell(value: str | datetime | None) -> str:
    return format_datetime(value) if isinstance(value, datetime) else value or ""


def _confirmations(wallet: Wallet, files: dict[str, bytes], names: dict[str, str]) -> Iterator[Item]:
    for number, one in enumerate(sorted(endorsements(wallet), key=lambda each: each.id), 1):
        parsed = one.report.parsed
        issuer = names[one.id] = endorser(one)
        path = f"confirmations/{file_name(number, issuer, 'json' if one.source[:1] == b'{' else 'jwt')}"
        files[path] = one.source
        if parsed is not None:
            for each in parsed.evidence:
                if each.id is not None:
                    names.setdefault(each.id, each.name or issuer)
        facts = [("leaving-confirms", names[record]) for record in one.confirms]
        if parsed is not None and parsed.comment:
            facts.append(("leaving-comment", plain_text(parsed.comment)))
        yield Item(
            issuer or one.id, (*facts, ("leaving-received", format_datetime(one.received_at))), (path,)
        )


def _evidence(wallet: Wallet, files: dict[str, bytes], names: dict[str, str]) -> Iterator[Item]:
    names |= {file_id(one.id): one.title for one in imported(wallet)}
    for number, (record, data) in enumerate(wallet.vault.of_kind(Kind.FILE).items(), 1):
        title = plain_name(names.get(record, ""))
        path = f"evidence/{file_name(number, without_extension(title), extension_of(data))}"
        files[path] = data
        yield Item(title or record, (("leaving-size", str(len(data))),), (path,))


def _requests(wallet: Wallet, files: dict[str, bytes]) -> Iterator[Item]:
    """What was asked of organisations, without the token that opens the request there."""
    for number, (record, data) in enumerate(wallet.vault.of_kind(Kind.ASKED).items(), 1):
        kept = {**json.loads(data), "token": None}
        organisation = plain_name(kept["organisation"]["name"])
        path = f"requests/{file_name(number, organisation, 'json')}"
        files[path] = _json({"id": record, **kept})
        yield Item(organisation, (("leaving-asked-at", parse_datetime(kept["at"])),), (path,))


def _journal(wallet: Wallet, files: dict[str, bytes], names: Mapping[str, str]) -> Item:
    entries = journal(wallet)
    files["journal.json"] = _json({"entries": [journal_json(entry) for entry in entries]})
    files["journal.csv"] = write_table(
        ("at", "way", "host", "asker", "purpose", "credentials", "skills", "kept at home"),
        [_row(entry, names) for entry in entries],
    )
    return Item("journal", (("leaving-count", str(len(entries))),), ("journal.csv", "journal.json"))


def _row(entry: JournalEntry, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        format_datetime(entry.at),
        str(entry.way),
        entry.host or "",
        entry.asker or "",
        entry.purpose or "",
        "; ".join(names.get(record) or record for record in entry.credentials),
        "; ".join(entry.skills),
        str(len(entry.refused)),
    )


def _profile(wallet: Wallet, files: dict[str, bytes]) -> Item:
    identities = wallet.vault.of_kind(Kind.IDENTITY)
    files["profile.json"] = _json(
        {
            "did": wallet.did,
            "otherIdentifiers": {
                record: json.loads(data)["did"] for record, data in identities.items() if record != FIRST
            },
            "canSign": wallet.has_key,
            "profile": _loaded(wallet, Kind.PROFILE),
            "settings": _loaded(wallet, Kind.SETTING),
        }
    )
    return Item(wallet.did, (), ("profile.json",))


def _lists(wallet: Wallet, files: dict[str, bytes]) -> Iterator[Item]:
    publishers = {one.id: plain_name(one.publisher) for one in lists_in_use(wallet)}
    for number, (record, data) in enumerate(wallet.vault.of_kind(Kind.TRUST_LIST).items(), 1):
        name = publishers.get(record, "")
        path = f"trust-lists/{file_name(number, name, 'json')}"
        files[path] = json.loads(data)["source"].encode("utf-8")
        yield Item(name or plain_name(record), (), (path,))


def _other(wallet: Wallet, files: dict[str, bytes]) -> Item:
    files["other.json"] = _json({kind: _loaded(wallet, kind) for kind in _AS_THEY_ARE})
    return Item("other", (), ("other.json",))


def _loaded(wallet: Wallet, kind: str) -> dict[str, Any]:
    return {record: _value(data) for record, data in wallet.vault.of_kind(kind).items()}


def _value(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return data.decode("utf-8", "replace")


def _json(document: JsonObject) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")
