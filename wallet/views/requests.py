"""Pages on which a claim may go to an organisation: choose, see exactly what leaves, follow it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from passport.answers import Answer
from passport.texts import Language
from wallet.core import limits
from wallet.core.asked import Asked, all_asked
from wallet.core.asking import Asking, Sought
from wallet.core.claims_made import claims_made
from wallet.core.earlier import OPEN_TO_MORE
from wallet.core.endorsements import KeptEndorsement, endorsements
from wallet.core.plain_text import plain_name, plain_text
from wallet.core.shelf import Kept, kept
from wallet.core.wallet import Kind, Wallet
from wallet.views.pages import Named, card, named_skills, written
from wallet.views.rendering import Page, Renderer

PHASES = frozenset(
    {
        *("preparation", "identification", "documentation", "assessment", "certification", "aftercare"),
        *("coordinator", "supervisor", "organisation", "over"),
    }
)
STATES = frozenset(
    {
        *("open", "appeal", "withdrawn", "declined", "recognised", "partly-recognised", "not-recognised"),
        *("asked", "invited", "answered", "confirmed", "refused", "expired"),
    }
)
STEPS = frozenset(
    {
        *("accept", "decline", "identify", "supplement", "confirm", "submit", "send-back", "assess"),
        *("reopen", "certify", "appeal", "withdraw", "remove-files"),
        *("asked", "invited", "reminded", "mailbox-proved", "wallet-proved", "invitation-withdrawn"),
        *("answered", "confirmed", "refused", "withdrawn", "expired", "revoked", "files-removed"),
    }
)
"""Moves that a worker cares for; appointments and notes of the staff are told in one word."""
OUTCOMES = frozenset(
    {"recognised", "not-recognised", "not-assessed", "declined", "withdrawn"}
    | {"work-record", "observation", "unknown", "no"}
)
OVER = frozenset({"aftercare", "over"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the form, as it was chosen and typed."""

    at: str = ""
    organisation: str = ""
    claims: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    endorsements: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    message: str = ""
    name: str = ""
    supervisor: str = ""
    adds_to: str = ""
    renews: str = ""


def ask(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    sought: Sought,
    chosen: Chosen,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """Choose what to ask with."""
    in_use = [one for one in claims_made(wallet) if one.withdrawn is None]
    about = [one.kept for one in in_use if one.id in chosen.claims]
    confirmed = [
        one
        for one in endorsements(wallet)
        if one.verified is not None and one.answer is not Answer.NO and _about(one.confirms, chosen)
    ]
    others = [one for one in kept(wallet) if one.id not in {each.id for each in in_use}]
    return renderer.page(
        "ask.html",
        language,
        status=status,
        here=f"/ask/{sought}",
        again=None if chosen.adds_to or chosen.renews else [("claim", each) for each in chosen.claims],
        sought=str(sought),
        claims=[card(one.kept, wallet) for one in in_use],
        skills=_skills(about),
        confirmations=[]
        if sought is Sought.CONFIRMATION
        else [_confirmation(one, about) for one in confirmed],
        credentials=[]
        if sought is Sought.CONFIRMATION
        else [
            card(one, wallet) for one in others if one.verified is not None and one.answer is not Answer.NO
        ],
        files=_files(wallet, about),
        chosen=chosen,
        error=error,
    )


def look(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    found: Asking,
    chosen: Chosen,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """Exactly what would leave, to whom."""
    labels = dict(found.skills)  # a confirmation is called after its skill
    return renderer.page(
        "ask-look.html",
        language,
        me=set(wallet.own_dids.values()),
        status=status,
        here=f"/ask/{found.draft.sought}",
        again=None,
        found=found,
        sought=str(found.draft.sought),
        organisation=found.draft.organisation,
        parts=[
            {
                "kind": each.kind,
                "title": plain_name(labels.get(each.name, each.name)),
                "issuer": plain_name(each.issuer),
                "says": each.says,
                "document": written(each.document),
            }
            for each in found.parts
        ],
        files=[_file(each.name, each.media_type, len(each.data)) for each in found.leaving_files],
        staying=[plain_name(each.name) for each in found.files if not each.leaves],
        chosen=chosen,
        error=error,
    )


def asked(renderer: Renderer, language: Language, wallet: Wallet) -> Page:
    return renderer.page(
        "asked.html", language, here="/asked", requests=[_asked(each, wallet) for each in all_asked(wallet)]
    )


def one_asked(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    one: Asked,
    *,
    fresh: int = 0,
    ask_code: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    return renderer.page(
        "asked-one.html",
        language,
        status=status,
        here=f"/asked/{one.id}",
        one=_asked(one, wallet),
        history=() if one.progress is None else one.progress.history,
        outcomes=[]
        if one.progress is None
        else [
            {
                "label": plain_name(each.label),
                "outcome": each.outcome if each.outcome in OUTCOMES else "other",
                "reason": each.reason,
            }
            for each in one.progress.skills
            if each.outcome is not None
        ],
        why="" if one.progress is None else one.progress.reason,
        steps=STEPS,
        fresh=fresh,
        ask_code=ask_code,
        error=error,
    )


def _asked(one: Asked, wallet: Wallet) -> dict[str, object]:
    names = {each.id: card(each.kept, wallet).name for each in claims_made(wallet)}
    progress = one.progress
    credentials, endorsed = wallet.vault.of_kind(Kind.CREDENTIAL), wallet.vault.of_kind(Kind.ENDORSEMENT)
    return {
        "id": one.id,
        "sought": one.sought,
        "host": one.url.partition("://")[2].partition("/")[0],
        "url": one.url,
        "calls_itself": one.name,
        "at": one.at,
        "sent": str(one.state),
        "said": one.said,
        "claims": [(each, names[each]) for each in one.claims if each in names],
        "files": len(one.files),
        "supervisor": plain_text(one.supervisor),
        "phase": None
        if progress is None or progress.phase is None
        else progress.phase
        if progress.phase in PHASES
        else "unknown",
        "state": None if progress is None else progress.state if progress.state in STATES else "unknown",
        "over": progress is not None and progress.phase in OVER,
        "appeal_until": None if progress is None else progress.appeal_until,
        "deadline": None if progress is None else progress.deadline,
        "offer": progress is not None and progress.offer is not None,
        "looked_at": one.looked_at,
        "followed": one.place is not None,
        "more": one.sought == Sought.VALIDATION
        and one.place is not None
        and progress is not None
        and progress.phase in OPEN_TO_MORE,
        "renewable": one.sought == Sought.VALIDATION and bool(one.received),
        "renews": one.renews,
        "credentials": [each for each in one.received if each in credentials],
        "confirmations": sum(each in endorsed for each in one.received),
    }


def _about(confirms: Sequence[str], chosen: Chosen) -> bool:
    return not chosen.claims or not set(confirms).isdisjoint(chosen.claims)


def _skills(claims: Sequence[Kept]) -> list[Named]:
    named = {each.iri: each for one in claims for each in named_skills(one)}
    return list(named.values())


def _confirmation(one: KeptEndorsement, claims: Sequence[Kept]) -> dict[str, str]:
    parsed = one.report.parsed
    assert parsed is not None
    labels = {each.iri: each.label for each in _skills(claims)}
    return {
        "id": one.id,
        "issuer": plain_name(parsed.issuer.name or parsed.issuer.id),
        "skill": plain_name(labels.get(parsed.subject_id, "")),
        "comment": plain_name(parsed.comment or ""),
    }


def _files(wallet: Wallet, claims: Sequence[Kept]) -> list[dict[str, object]]:
    """The files of the chosen claims, and of what confirms them, that are here."""
    here = wallet.vault.of_kind(Kind.FILE)
    ids = {one.id for one in claims}
    reports = [
        *(one.report.parsed for one in claims),
        *(one.report.parsed for one in endorsements(wallet) if not ids.isdisjoint(one.confirms)),
    ]
    found = []
    for parsed in reports:
        assert parsed is not None
        names = {each.id: each.name or each.genre or "" for each in parsed.evidence}
        for each in parsed.related_resources:
            if each.id in here and each.id in names:
                size = len(here[each.id])
                line = _file(names[each.id], each.media_type or "", size)
                found.append({**line, "id": each.id, "too_large": size > limits.SENT_FILE})
    return found


def _file(name: str, media_type: str, size: int) -> dict[str, object]:
    return {"title": plain_name(name), "media_type": media_type, "kilobytes": -(-size // 1024)}
