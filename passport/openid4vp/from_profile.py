"""A function profile as a DCQL query: which skills, in which formats, of which issuers. docs/decisions/0024.

DCQL says what is asked in one credential at a time, by exact values. It says "this skill" and, where only
named issuers will do, "of one of these". It can't say a level or more, a strength, an age, nor "of somebody
whom our trust lists recognise": the policy decides that, over what was verified. `values` spares people from
showing what would not do; nothing rests on it (OpenID4VP 1.0, section 14.5).

Beside the skills stands one use that is never required: what others confirm of them. docs/decisions/0033.
"""

from collections.abc import Iterable, Sequence

from passport.credentials.form import Form
from passport.evidence.demand import Demand
from passport.evidence.profile import FunctionProfile
from passport.openid4vp.dcql import ClaimsQuery, CredentialQuery, CredentialSetQuery, DcqlQuery
from passport.openid4vp.endorsement_query import endorsement_queries
from passport.openid4vp.limits import DCQL

ALL_FORMS = (Form.DC_SD_JWT, Form.VC_SD_JWT, Form.JWT_VC, Form.LDP_VC)
"""The one that shows least first."""
_SHORT = {Form.DC_SD_JWT: "dcsd", Form.VC_SD_JWT: "vcsd", Form.JWT_VC: "jwt", Form.LDP_VC: "ldp"}
_TYPES = (
    (
        "https://www.w3.org/2018/credentials#VerifiableCredential",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
    ),
)
"""As JSON-LD expands them (appendix B.1.1); AchievementCredential is another word for the same type."""
SKILL_PATH = ("credentialSubject", "achievement", "alignment", None, "targetUrl")
_ISSUER = {Form.DC_SD_JWT: ("iss",)}
_ISSUER_ID = ("issuer", "id")
_Asked = tuple[tuple[CredentialQuery, ...], tuple[CredentialSetQuery, ...]]


def query_of_profile(profile: FunctionProfile, *, forms: Sequence[Form] = ALL_FORMS) -> DcqlQuery:
    """What to ask for a profile.

    Each demand is a use of its own that any of the formats serves, required where the profile requires it. A
    profile with more demands than one query holds asks for all skills at once in each format.
    """
    demands, confirming = profile.demands, endorsement_queries(forms)
    asked, uses = _each(demands, forms)
    if len(asked) + len(confirming) > DCQL.credentials or len(uses) + 1 > DCQL.credential_sets:
        asked, uses = _together(demands, forms)
    return DcqlQuery((*asked, *confirming), (*uses, *_optional(confirming)))


def _each(demands: Sequence[Demand], forms: Sequence[Form]) -> _Asked:
    credentials = tuple(
        _query(f"skill{number}-{_SHORT[form]}", form, (demand,))
        for number, demand in enumerate(demands, 1)
        for form in forms
    )
    sets = tuple(
        CredentialSetQuery(
            tuple((f"skill{number}-{_SHORT[form]}",) for form in forms), required=demand.required
        )
        for number, demand in enumerate(demands, 1)
    )
    return credentials, sets


def _optional(confirming: Sequence[CredentialQuery]) -> tuple[CredentialSetQuery, ...]:
    """All that confirms, in whichever forms there is any; a wallet that knows none of it loses nothing."""
    if not confirming:
        return ()
    ids = tuple(each.id for each in confirming)
    options = dict.fromkeys((ids, *((each,) for each in ids)))
    return (CredentialSetQuery(tuple(options), required=False),)


def _together(demands: Sequence[Demand], forms: Sequence[Form]) -> _Asked:
    """At least one credential, and the others of every format beside it."""
    credentials = tuple(_query(f"skills-{_SHORT[form]}", form, demands) for form in forms)
    either = CredentialSetQuery(tuple((each.id,) for each in credentials))
    each_format = tuple(CredentialSetQuery(((each.id,),), required=False) for each in credentials)
    return credentials, (either, *each_format)


def _query(identifier: str, form: Form, demands: Sequence[Demand]) -> CredentialQuery:
    claims = [ClaimsQuery(SKILL_PATH, values=tuple(demand.skill for demand in demands))]
    issuers = _only_issuers(demands)
    if issuers:
        claims.append(ClaimsQuery(_ISSUER.get(form, _ISSUER_ID), values=issuers))
    return CredentialQuery(
        id=identifier,
        format=str(form),
        type_values=() if form is Form.DC_SD_JWT else _TYPES,
        claims=tuple(claims),
        multiple=True,
    )


def _only_issuers(demands: Iterable[Demand]) -> tuple[str, ...]:
    """The issuers that will do, where nobody else would: recognitions add others to those that are named."""
    named: set[str] = set()
    for demand in demands:
        if demand.accepted_recognitions or not demand.accepted_issuers:
            return ()
        named |= demand.accepted_issuers
    return tuple(sorted(named)) if len(named) <= DCQL.values else ()
