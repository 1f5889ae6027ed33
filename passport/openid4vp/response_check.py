"""Verification of a vp_token as a whole (OpenID4VP 1.0, section 8.6): each presentation, then all together.

1 to 10 are the checks of each presentation (`passport.verification.presentation`), with `nonce` as challenge
and `client_id` as domain or audience. Two more are about the answer:

11. as_asked     for every query only what it asks, nothing beside it, and all that is required; no more
                 than is shown at once
12. one_holder   all of it is of one holder, who signed every presentation; else it can't be told

A presentation that falls at 1 to 9 makes the answer fall: nobody shows somebody else's by mistake.

What confirms a claim names no holder. Where it is asked it comes as it is, or in a presentation of the
holder's; of what comes as it is only 10 can be said. docs/decisions/0033.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from passport.answers import Check, Reason, together
from passport.credentials.endorsement import is_endorsement
from passport.credentials.form import Form
from passport.credentials.vocabulary import ENDORSEMENT_CREDENTIAL, OPEN_BADGE_TYPES, VERIFIABLE_CREDENTIAL
from passport.dids import create_did_jwk, create_did_key
from passport.errors import PassportError
from passport.errors.openid4vp_response import MalformedVpResponse, NotWhatWasAsked, SeveralHolders
from passport.json import JsonObject
from passport.openid4vp.claims_path import Work
from passport.openid4vp.dcql import CredentialQuery, DcqlQuery
from passport.openid4vp.dcql_match import Candidate, match
from passport.openid4vp.dcql_select import select_credentials
from passport.openid4vp.endorsement_query import asks_for_endorsements
from passport.openid4vp.limits import RESPONSE
from passport.openid4vp.plain_sd_jwt import PlainReport, read_plain, verify_plain
from passport.openid4vp.response_read import VpToken
from passport.sd_jwt.processing import processed
from passport.sd_jwt.token import parse
from passport.securing import Secured, read_secured
from passport.verification import (
    Context,
    CredentialReport,
    EndorsementReport,
    PresentationReport,
    VerifiedEndorsement,
    VerifiedPresentation,
    verify_presentation,
)
from passport.verification.checklist import Checklist
from passport.verification.endorsement import verify_endorsement_with
from passport.verification.genuine import status_lists
from passport.verification.presentation import CODES as OF_PRESENTATION
from passport.verification.presentation import how_genuine

AS_ASKED, ONE_HOLDER = "as_asked", "one_holder"
CODES = (*OF_PRESENTATION, AS_ASKED, ONE_HOLDER)
_GENUINE = "credentials_genuine"
_W3C = "https://www.w3.org/2018/credentials#"
_OPEN_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_EXPANDED = {
    VERIFIABLE_CREDENTIAL: f"{_W3C}{VERIFIABLE_CREDENTIAL}",
    ENDORSEMENT_CREDENTIAL: f"{_OPEN_BADGES}{ENDORSEMENT_CREDENTIAL}",
    **dict.fromkeys(OPEN_BADGE_TYPES, f"{_OPEN_BADGES}OpenBadgeCredential"),
}
"""Types of badges as the only contexts that are read expand them: comparing needs no JSON-LD."""


@dataclass(frozen=True, slots=True)
class ResponseReport:
    """What was found of an answer."""

    together: PresentationReport
    """All presentations as one: its checks, credentials and endorsements; it holds no presentation."""
    presentations: tuple[VerifiedPresentation, ...]
    """Those with genuine badges."""
    plain: tuple[PlainReport, ...]
    """SD-JWT VCs that are no badges."""
    endorsements: tuple[VerifiedEndorsement, ...] = ()
    """Those that came without a badge beside them: of whatever is shown they may confirm something."""


_Report = PresentationReport | PlainReport | EndorsementReport


@dataclass(frozen=True, slots=True)
class _Shown:
    query: CredentialQuery | None
    report: _Report
    source: bytes | JsonObject


def verify_response(
    token: VpToken, *, query: DcqlQuery, context: Context, nonce: str, client_id: str
) -> ResponseReport:
    """Verify an answer. Whatever stands in it, this returns a report and raises nothing.

    Args:
        token: as `read_response` read it.
        query: what was asked.
        context: documents at hand and the moment.
        nonce: of the request.
        client_id: of the request, with its prefix.
    """
    within = _is_within(token, query)
    shown = list(_each(token, query, context, nonce, client_id)) if within else []
    own = (Checklist(CODES), Checklist(CODES))  # apart: neither waits for the other
    own[0].run(AS_ASKED, lambda: _check_as_asked(shown, query, within=within))
    own[1].run(ONE_HOLDER, lambda: _check_one_holder(shown))
    reports = [each.report for each in shown if isinstance(each.report, PresentationReport)]
    alone = [each.report for each in shown if isinstance(each.report, EndorsementReport)]
    errors = (each.report.error for each in shown if each.report.error)
    seen = [each.status_seen for each in reports] + [each.status_seen for each in alone]
    merged = PresentationReport(
        checks=(
            *_merged([*(_checks(each.report) for each in shown)]),
            *own[0].findings(AS_ASKED),
            *own[1].findings(ONE_HOLDER),
        ),
        holder=next((each.holder for each in reports), None),
        credentials=tuple(found for each in reports for found in each.credentials),
        presentation=None,
        error=next(errors, own[0].error or own[1].error),
        status_seen={url: at for each in seen for url, at in each.items()},
        endorsements=(*(found for each in reports for found in each.endorsements), *alone),
    )
    apart = [found for each in reports if each.presentation is None for found in each.endorsements]
    return ResponseReport(
        merged,
        tuple(each.presentation for each in reports if each.presentation is not None),
        tuple(each.report for each in shown if isinstance(each.report, PlainReport)),
        tuple(each.endorsement for each in (*apart, *alone) if each.endorsement is not None),
    )


def _is_within(token: VpToken, query: DcqlQuery) -> bool:
    """As much as one presentation holds, and no more: nothing is verified of an answer that is longer."""
    confirming = {each.id for each in query.credentials if asks_for_endorsements(each)}
    counts = {name: len(sources) for name, sources in token.presentations.items()}
    endorsements = sum(count for name, count in counts.items() if name in confirming)
    return (
        endorsements <= RESPONSE.endorsements
        and sum(counts.values()) - endorsements <= RESPONSE.presentations
    )


def _each(token: VpToken, query: DcqlQuery, context: Context, nonce: str, client_id: str) -> Iterator[_Shown]:
    lists = status_lists(context)
    for name, sources in token.presentations.items():
        asked = query.credential(name)
        confirming = asked is not None and asks_for_endorsements(asked)
        for source in sources:
            alone = _endorsement(source) if confirming else None
            report: _Report
            if alone is not None:
                report = verify_endorsement_with(alone, context, lists)
            else:
                report = _verify(source, context, nonce, client_id, endorsements_alone=confirming)
            yield _Shown(asked, report, source)


def _endorsement(source: bytes | JsonObject) -> Secured | None:
    """An endorsement as it is; None for anything else, such as a presentation."""
    try:
        secured = read_secured(source)
    except PassportError:
        return None
    return secured if is_endorsement(secured.document) else None


def _verify(
    source: bytes | JsonObject, context: Context, nonce: str, client_id: str, *, endorsements_alone: bool
) -> PresentationReport | PlainReport:
    if isinstance(source, bytes) and b"~" in source:
        try:
            plain = read_plain(source.decode("ascii"))
        except PassportError:
            plain = None  # the list of a presentation says what is wrong with it
        if plain is not None:
            return verify_plain(*plain, context, status_lists(context), nonce=nonce, audience=client_id)
    return verify_presentation(
        source,
        context,
        expected_challenge=nonce,
        expected_domain=client_id,
        endorsements_alone=endorsements_alone,
    )


def _checks(report: _Report) -> tuple[Check, ...]:
    """Those of a presentation; of an endorsement as it is, whether it is genuine."""
    if not isinstance(report, EndorsementReport):
        return report.checks
    number = OF_PRESENTATION.index(_GENUINE) + 1
    return (Check(number, _GENUINE, *how_genuine([report])),)


def _merged(all_checks: Sequence[tuple[Check, ...]]) -> Iterator[Check]:
    """One finding for each code: the worst of all presentations, with its reason."""
    for number, code in enumerate(OF_PRESENTATION, 1):
        found = [check for checks in all_checks for check in checks if check.code == code]
        answer = together(check.answer for check in found)
        reason = next((check.reason for check in found if check.answer is answer), Reason("not_checked"))
        yield Check(number, code, answer, reason)


def _check_as_asked(shown: Sequence[_Shown], query: DcqlQuery, *, within: bool) -> None:
    """Sections 6.4 and 8.1: a presentation for each query that is met, and no badge beside what was asked.

    Endorsements may come along with the badge that they speak of: without it they count for nothing.
    """
    if not within:
        raise MalformedVpResponse(member="vp_token")
    work = Work()
    satisfied = set()
    for asked in {each.query.id: each.query for each in shown if each.query is not None}.values():
        candidates = [
            candidate for each in shown if each.query is asked for candidate in _candidates(each) or [None]
        ]
        if len(candidates) > 1 and not asked.multiple:
            raise NotWhatWasAsked
        if any(each is None or match(asked, each, work) is None for each in candidates):
            raise NotWhatWasAsked
        satisfied.add(asked.id)
    if any(each.query is None for each in shown):
        raise NotWhatWasAsked
    if not select_credentials(query, satisfied).can_be_answered:
        raise NotWhatWasAsked


def _candidates(shown: _Shown) -> list[Candidate | None]:
    """What was shown, as a query is held against it; None for what can't be read."""
    if isinstance(shown.report, PlainReport):
        plain = shown.report
        claims = {**plain.claims, "vct": plain.vct, **({} if plain.issuer is None else {"iss": plain.issuer})}
        return [Candidate(plain.vct, str(Form.DC_SD_JWT), claims, vct=plain.vct)]
    listed: tuple[CredentialReport | EndorsementReport, ...]
    if isinstance(shown.report, EndorsementReport):
        listed = (shown.report,)
    elif shown.query is not None and asks_for_endorsements(shown.query):
        listed = (*shown.report.credentials, *shown.report.endorsements)
    else:
        listed = shown.report.credentials
    return [
        None
        if each.parsed is None
        else Candidate(
            each.parsed.id,
            str(each.parsed.form),
            _claims(each.parsed.form, each.parsed.document, shown.source),
            types=frozenset(each.parsed.types) | {_EXPANDED.get(name, name) for name in each.parsed.types},
            vct=_vct(each.parsed.form, shown.source),
        )
        for each in listed
    ]


def _claims(form: Form, document: JsonObject, source: bytes | JsonObject) -> JsonObject:
    """From the root of the credential; of an SD-JWT VC that is its claims, not the badge that they tell."""
    if form is not Form.DC_SD_JWT or not isinstance(source, bytes):
        return document
    return processed(parse(source.decode("ascii")))


def _vct(form: Form, source: bytes | JsonObject) -> str | None:
    if form is not Form.DC_SD_JWT or not isinstance(source, bytes):
        return None
    found = parse(source.decode("ascii")).claims.get("vct")
    return found if isinstance(found, str) else None


def _check_one_holder(shown: Sequence[_Shown]) -> None:
    """Two people could answer one request together; nothing shows that two keys are one person's.

    A wallet may well bind each credential to a key of its own, so that is no proof of the contrary either.
    """
    holders = {each.report.holder for each in shown if isinstance(each.report, PresentationReport)}
    keys = {each.report.holder_key for each in shown if isinstance(each.report, PlainReport)} - {None}
    names = [{create_did_key(key), create_did_jwk(key)} for key in keys if key is not None]
    if len(holders) > 1 or len(keys) > 1 or not all(holders <= each for each in names):
        raise SeveralHolders
