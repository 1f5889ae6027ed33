"""Asking for endorsements: what others confirm of a claim (Open Badges 3.0, section B.1.6).

An endorsement names the claim, by its digest, and no holder. So nobody can prove to be its holder, and it is
asked without such a proof (OpenID4VP 1.0, section 6.1): it comes as it is, not in a presentation (appendix
B.1). What it is worth comes from the claim, which its holder shows. docs/decisions/0033.
"""

from collections.abc import Collection

from passport.credentials.form import Form
from passport.credentials.vocabulary import ENDORSEMENT_CREDENTIAL
from passport.openid4vp.dcql import CredentialQuery

ENDORSEMENT_TYPE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential"
_TYPES = (("https://www.w3.org/2018/credentials#VerifiableCredential", ENDORSEMENT_TYPE),)
"""As JSON-LD expands them (appendix B.1.1)."""
_IDS = {Form.LDP_VC: "confirms-ldp", Form.JWT_VC: "confirms-jwt"}
"""Of the forms in which an endorsement leaves whole: its own digest may be named by another document."""


def endorsement_queries(forms: Collection[Form]) -> tuple[CredentialQuery, ...]:
    """What asks for endorsements in those of these forms in which they are shown."""
    return tuple(
        CredentialQuery(
            id=identifier,
            format=str(form),
            type_values=_TYPES,
            multiple=True,
            require_cryptographic_holder_binding=False,
        )
        for form, identifier in _IDS.items()
        if form in forms
    )


def asks_for_endorsements(query: CredentialQuery) -> bool:
    """Whether a query takes endorsements alone, each as it is."""
    return (
        not query.require_cryptographic_holder_binding
        and query.format in _IDS
        and bool(query.type_values)
        and all({ENDORSEMENT_TYPE, ENDORSEMENT_CREDENTIAL} & set(each) for each in query.type_values)
    )
