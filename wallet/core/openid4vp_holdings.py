"""What the wallet holds, form by form, as a DCQL query is held against it."""

from dataclasses import dataclass, replace

from passport.answers import Answer
from passport.credentials.enveloped import is_enveloped
from passport.encoding import base64url_encode
from passport.errors.x509 import ChainRefused
from passport.json import JsonObject, parse_object
from passport.limits import CREDENTIAL
from passport.openid4vp.client_metadata import ClientMetadata
from passport.openid4vp.dcql_match import DC_SD_JWT, JWT_VC, LDP_VC, VC_SD_JWT, Candidate
from passport.openid4vp.response_write import ALGORITHMS, SUITES, takes_any
from passport.openid4vp.types import types_of
from passport.sd_jwt import parse, processed
from passport.securing import read_secured
from passport.x509 import read_x5c
from wallet.core.disclose import Disclosed
from wallet.core.endorsements import KeptEndorsement, endorsements
from wallet.core.forms import SELECTIVE, FormName, KeptForm
from wallet.core.holder import Holder
from wallet.core.shelf import Kept, holder_for, kept
from wallet.core.wallet import Wallet
from wallet.errors import NoHolderKey

FORMAT = {
    FormName.LDP_VC: LDP_VC,
    FormName.ECDSA_SD: LDP_VC,
    FormName.JWT_VC: JWT_VC,
    FormName.VC_SD_JWT: VC_SD_JWT,
    FormName.DC_SD_JWT: DC_SD_JWT,
}
"""The format identifier of appendix B for each form."""
_TOKENS = {
    JWT_VC: ("alg_values", "alg_values"),
    VC_SD_JWT: ("sd-jwt_alg_values", "kb-jwt_alg_values"),
    DC_SD_JWT: ("sd-jwt_alg_values", "kb-jwt_alg_values"),
}
"""What a verifier lists the algorithms of the credential and of the holder under."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A credential in one of its forms."""

    kept: Kept
    form: KeptForm
    candidate: Candidate

    @property
    def shows_parts(self) -> bool:
        return self.form.name in SELECTIVE


@dataclass(frozen=True, slots=True)
class HeldEndorsement:
    """What somebody confirmed. It names no holder, so it is shown only where none is asked, and whole."""

    kept: KeptEndorsement
    candidate: Candidate
    shows_parts: bool = False


def holdings(wallet: Wallet, metadata: ClientMetadata) -> tuple[Holding, ...]:
    """Every genuine credential in the forms that a verifier can check; those that don't hold are left out."""
    found = []
    for one in kept(wallet):
        if one.verified is None or one.answer is Answer.NO:
            continue
        holder = _holder(wallet, one)
        for form in one.forms:
            document = _root(form)
            if _taken(metadata, form, document, holder):
                candidate = _candidate(one, form, document, bound=holder is not None)
                keys = _authority_keys(wallet, form)
                found.append(Holding(one, form, replace(candidate, authority_keys=keys)))
    return tuple(found)


def held_endorsements(wallet: Wallet, metadata: ClientMetadata) -> tuple[HeldEndorsement, ...]:
    """Every genuine endorsement in a form that a verifier can check, and that is shown whole."""
    found = []
    for one in endorsements(wallet):
        if one.verified is None or one.answer is Answer.NO:
            continue
        parsed = one.verified.endorsement
        form = KeptForm(FormName(parsed.form.value), parsed.source)
        if form.name not in SELECTIVE and _taken(metadata, form, parsed.document, None):
            candidate = Candidate(
                one.id,
                FORMAT[form.name],
                parsed.document,
                types=types_of(parsed.document),
                holder_bound=False,
            )
            found.append(HeldEndorsement(one, candidate))
    return tuple(found)


def candidate_of(wallet: Wallet, one: Disclosed) -> Candidate:
    """What would leave, as the verifier will hold its query against it."""
    source = one.document
    if is_enveloped(source):
        form = KeptForm(one.form, read_secured(source).source)
        candidate = _candidate(one.kept, form, _root(form), bound=True)
        return replace(candidate, authority_keys=_authority_keys(wallet, form))
    return _candidate(one.kept, KeptForm(one.form, b""), source, bound=True)


def _holder(wallet: Wallet, one: Kept) -> Holder | None:
    try:
        return holder_for(wallet, one)
    except NoHolderKey:
        return None


def _root(form: KeptForm) -> JsonObject:
    """The credential from its root: of an SD-JWT its claims, every disclosure in its place."""
    if form.name in {FormName.VC_SD_JWT, FormName.DC_SD_JWT}:
        return processed(parse(form.source.decode("ascii").strip()))
    if form.name is FormName.JWT_VC:
        return read_secured(form.source).document
    return parse_object(form.source, CREDENTIAL)


def _authority_keys(wallet: Wallet, form: KeptForm) -> frozenset[str]:
    """The key identifiers of the authorities above its issuer, for `aki` (section 6.1.1.1)."""
    if wallet.certificates is None or form.name is not FormName.DC_SD_JWT:
        return frozenset()
    header = parse(form.source.decode("ascii").strip()).jwt.header
    try:
        chain = wallet.certificates.verify(read_x5c(header.get("x5c")), wallet.now())
    except ChainRefused:
        return frozenset()
    return frozenset(map(base64url_encode, chain.authority_keys))


def _candidate(one: Kept, form: KeptForm, document: JsonObject, *, bound: bool) -> Candidate:
    vct = document.get("vct")
    return Candidate(
        id=one.id,
        format=FORMAT[form.name],
        claims=document,
        types=types_of(document),
        vct=vct if isinstance(vct, str) else None,
        holder_bound=bound,
    )


def _taken(metadata: ClientMetadata, form: KeptForm, document: JsonObject, holder: Holder | None) -> bool:
    """Whether the verifier can check the issuer's signature on it, and the holder's."""
    name = FORMAT[form.name]
    if name == LDP_VC:
        found = document.get("proof")
        suites = [
            str(proof.get("cryptosuite"))
            for proof in (found if isinstance(found, list) else [found])
            if isinstance(proof, dict)
        ]
        signs: tuple[str, ...] = () if holder is None else SUITES[holder.public_key.type]
        return takes_any(metadata, name, "cryptosuite_values", suites) and (
            holder is None or takes_any(metadata, name, "cryptosuite_values", signs)
        )
    of_issuer, of_holder = _TOKENS[name]
    token = read_secured(form.source).token
    assert token is not None  # it is kept as a token
    names: tuple[str, ...] = () if holder is None else ALGORITHMS[holder.public_key.type]
    return takes_any(metadata, name, of_issuer, (token.algorithm,)) and (
        holder is None or takes_any(metadata, name, of_holder, names)
    )
