"""A worker whose claims an employer confirmed, and a verifier who asks for a profile by both ways, in memory."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from matching.bundle import load_bundle
from passport.certificate_chains import NativeCertificates
from passport.credentials import Form
from passport.evidence import SkillEvidence, weigh
from passport.evidence.demand import Demand
from passport.evidence.profile import parse_function_profile
from passport.jose import vc_jwt
from passport.json import JsonObject, dump
from passport.openid4vp.client_id import parse_client_id
from passport.openid4vp.dcql import DcqlQuery
from passport.openid4vp.from_profile import query_of_profile
from passport.openid4vp.profile_reference import verifier_info_of
from passport.openid4vp.request_link import RequestLink
from passport.openid4vp.response_check import ResponseReport, verify_response
from passport.openid4vp.response_read import VpToken, read_vp_token
from passport.trust import Recognition
from passport.verification import verify_presentation
from tests.simulators.chains import claim, confirm, unsigned_confirmation
from tests.simulators.parties import Party
from tests.simulators.vp_asking import DidVerifier
from tests.simulators.wallets import Employer, Person
from verifier.by_holder import weigh_by_holder
from wallet.core.answering import approve
from wallet.core.consent import Consent, consent
from wallet.core.endorsements import examine_endorsement, keep_endorsements
from wallet.core.openid4vp_answer import approve_vp
from wallet.core.openid4vp_consent import VpConsent, vp_consent
from wallet.core.openid4vp_plan import read_choices
from wallet.core.openid4vp_requests import VpRequest, take_vp_request
from wallet.core.requests import OpenRequest, take_request
from wallet.core.shelf import trust

_TAXONOMY = load_bundle()
Strengths = Mapping[str, tuple[str, str, int]]
"""By skill: the strength, whether it holds, and how many parties say so."""


class Confirmed:
    """A worker at work: claims, what an employer confirms of them, and who asks."""

    def __init__(self) -> None:
        self.person, self.boss, self.verifier = Person(), Party("Employer"), DidVerifier()
        self.asker = Employer(self.person.world)
        self.worker = Party("Worker", self.person.wallet.holder.signer)
        self.person.trust((self.boss, Recognition.EMPLOYER))
        self.person.wallet.keep_documents(self.person.world.cache)
        self.count = 0

    def claims(self, *skills: str) -> JsonObject:
        made = claim(self.worker, skills)
        self.person.take(made)
        return made

    def confirmed(self, claimed: JsonObject, skill: str, *, form: Form = Form.LDP_VC, **more: Any) -> bytes:
        """A confirmation that the wallet takes in."""
        made = self.confirmation(claimed, skill, form=form, **more)
        examined = examine_endorsement(made, self.person.world.cache, self.person.wallet)
        keep_endorsements(self.person.wallet, [examined])
        return made

    def confirmation(
        self,
        claimed: JsonObject,
        skill: str,
        *,
        form: Form = Form.LDP_VC,
        by: Party | None = None,
        **more: Any,
    ) -> bytes:
        issuer = by or self.boss
        if form is Form.LDP_VC:
            return dump(confirm(issuer, claimed, skill, **more))
        unsigned = unsigned_confirmation(issuer, claimed, skill, **more)
        return vc_jwt.sign_credential(
            unsigned, signer=issuer.signer, verification_method=issuer.method, issued_at=self.person.world.now
        ).encode()

    # way C

    def ask(
        self, demands: Sequence[Demand] = (), *, query: DcqlQuery | None = None, **more: Any
    ) -> VpRequest:
        """By OpenID4VP, from a profile; without demands by a query alone."""
        self.count += 1
        if demands:
            profile = self.asker.profile(demands)
            more["verifier_info"] = verifier_info_of(profile)
            query = query or query_of_profile(parse_function_profile(profile))
        assert query is not None
        token = self.verifier.request(
            dcql_query=query.to_json(), nonce=f"nonce-number-{self.count:06}", iat=None, exp=None, **more
        )
        link = RequestLink(parse_client_id(self.verifier.client_id))
        return take_vp_request(self.person.wallet, link, token, **self._ports)

    @property
    def _ports(self) -> dict[str, Any]:
        return {"documents": self.person.world.cache, "certificates": NativeCertificates()}

    def consent(self, found: VpRequest, **choices: Any) -> VpConsent:
        return vp_consent(self.person.wallet, found, read_choices(**choices))

    def token(self, found: VpRequest, **choices: Any) -> dict[str, list[Any]]:
        """The vp_token that leaves after a yes."""
        mark = self.consent(found, **choices).mark
        made = approve_vp(
            self.person.wallet, found.id, **self._ports, choices=read_choices(**choices), mark=mark
        )
        read: dict[str, list[Any]] = json.loads(parse_qs(made.body.decode())["vp_token"][0])
        return read

    def report(self, token: Mapping[str, Any], found: VpRequest) -> ResponseReport:
        request = found.verified.request
        read: VpToken = read_vp_token(token)
        return verify_response(
            read,
            query=request.query,
            context=self.person.world.context,
            nonce=request.nonce,
            client_id=str(request.client_id),
        )

    def strengths(self, report: ResponseReport) -> Strengths:
        weighed = weigh_by_holder(
            report.presentations,
            trust=trust(self.person.wallet),
            now=self.person.world.now,
            endorsements=report.endorsements,
        )
        return _strengths([each for skills in weighed for each in skills])

    # way B

    def ask_by_code(self, demands: Sequence[Demand]) -> OpenRequest:
        request = self.asker.request(demands)
        return take_request(self.person.wallet, dump(request), self.person.world.cache)

    def consent_by_code(self, found: OpenRequest) -> Consent:
        return consent(self.person.wallet, found, _TAXONOMY)

    def strengths_by_code(self, found: OpenRequest) -> Strengths:
        """What a verifier finds in what leaves by QR codes; none where nothing does."""
        if not self.consent_by_code(found).leaving:
            return {}
        made = approve(self.person.wallet, found.id, self.person.world.cache, _TAXONOMY)
        shown = verify_presentation(
            made.presentation,
            self.person.world.context,
            expected_challenge=found.request.challenge,
            expected_domain=found.request.domain,
        ).require()
        return _strengths(
            weigh(
                shown.credentials,
                trust=trust(self.person.wallet),
                now=self.person.world.now,
                holder=shown.holder,
                endorsements=shown.endorsements,
            )
        )


def _strengths(found: Sequence[SkillEvidence]) -> Strengths:
    return {each.skill: (str(each.strength), str(each.answer), each.signers) for each in found}
