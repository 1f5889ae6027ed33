"""A person with a badge in some forms, and a verifier who asks for it over OpenID4VP, all in memory."""

import json
from dataclasses import replace
from urllib.parse import parse_qs

from passport.certificate_chains import NativeCertificates
from passport.openid4vp.client_id import parse_client_id
from passport.openid4vp.dcql_parse import parse_dcql
from passport.openid4vp.request_link import RequestLink
from passport.openid4vp.response_check import verify_response
from passport.openid4vp.response_read import read_response
from tests.simulators.forms import WELD, SchoolOfForms
from tests.simulators.parties import World
from tests.simulators.vp_asking import DidVerifier
from tests.simulators.wallets import Person
from wallet.core.accept import examine, keep
from wallet.core.openid4vp_answer import approve_vp
from wallet.core.openid4vp_consent import vp_consent
from wallet.core.openid4vp_plan import read_choices
from wallet.core.openid4vp_requests import take_vp_request

FORMAT = {"ecdsa-sd-2023": "ldp_vc"}
SKILL = ["credentialSubject", "achievement", "alignment", None, "targetUrl"]


class Asked:
    """A person with a badge in some forms, and a verifier who asks."""

    def __init__(self, *forms):
        self.school, self.verifier, world = SchoolOfForms(), DidVerifier(), World()
        self.school.publish(world)
        self.person = Person(world)
        self.take(*forms)

    @property
    def wallet(self):
        return self.person.wallet

    def take(self, *forms, **members):
        subject = members.pop("subject", self.wallet.did)
        unsigned = self.school.unsigned(subject, **members)
        world = self.person.world
        examined = [examine(self.school.sign(form, unsigned), world.cache, self.wallet) for form in forms]
        keep(self.wallet, examined)
        self.wallet.keep_documents(world.cache)

    def ask(self, *queries, sets=None, **more):
        query = {"credentials": list(queries), **({} if sets is None else {"credential_sets": sets})}
        self.query = parse_dcql(query)
        token = self.verifier.request(dcql_query=query, **{"iat": None, "exp": None, **more})
        return self.put(token)

    def put(self, token):
        link = RequestLink(parse_client_id(self.verifier.client_id))
        return take_vp_request(self.wallet, link, token, **self.ports)

    @property
    def ports(self):
        return {"documents": self.person.world.cache, "certificates": NativeCertificates()}

    def consent(self, found, **choices):
        return vp_consent(self.wallet, found, read_choices(**choices))

    def approve(self, found, mark=None, **choices):
        return approve_vp(self.wallet, found.id, **self.ports, choices=read_choices(**choices), mark=mark)

    def verified(self, answer, found, encryption=None, certificates=None):
        request = found.verified.request
        token = read_response(answer.body, state=request.state, encryption=encryption)
        return verify_response(
            token,
            query=self.query,
            context=replace(self.person.world.context, certificates=certificates),
            nonce=request.nonce,
            client_id=str(request.client_id),
        )

    def token(self, answer):
        return json.loads(parse_qs(answer.body.decode())["vp_token"][0])


def badge(name="badge", form="ldp_vc", **more):
    return {"id": name, "format": FORMAT.get(form, form), "meta": {}} | more


def welding(form="ldp_vc", **more):
    return badge(form=form, claims=[{"path": SKILL, "values": [WELD]}], **more)
