"""A wallet that asks for permission at an issuer's page, and a learner who gives it without scripts."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from passport.keys import KeyType, Signer, generate_signer
from passport.oauth.authorization_request import AuthorizationRequest
from passport.oauth.dpop import create_dpop_proof
from passport.oauth.pkce import code_challenge
from passport.oauth.redirect_uri import check_redirect_uri
from passport.oauth.token_request import AuthorizationCodeGrant, RefreshTokenGrant
from tests.simulators.issuing import HTTP

BACK = "https://wallet.example/back"
LEARNER = "learner@school.example"


@dataclass
class AskingWallet:
    """Sends every request by the letter; `changes` and further members make it wrong on purpose."""

    issuer: str
    signer: Signer | None = field(default_factory=lambda: generate_signer(KeyType.P256))
    """The key of its DPoP proofs; None for a wallet that makes none."""
    client_id: str = "https://wallet.example"
    redirect_uri: str = BACK
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    nonce: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    """What goes along with requests to the authorization server, as attestations."""

    def proof(self, method: str, url: str, access_token: str | None = None, **changes: Any) -> dict[str, str]:
        if self.signer is None:
            return {}
        given = {
            "method": method,
            "url": url,
            "jti": secrets.token_urlsafe(16),
            "issued_at": datetime.now(UTC),
            "access_token": access_token,
            "nonce": self.nonce,
        } | changes
        return {"DPoP": create_dpop_proof(given.pop("signer", self.signer), **given)}

    def request(self, **changes: Any) -> AuthorizationRequest:
        members = {
            "client_id": self.client_id,
            "redirect_uri": check_redirect_uri(self.redirect_uri),
            "code_challenge": code_challenge(self.verifier),
            "state": self.state,
        }
        return AuthorizationRequest(**{**members, **changes})

    def send(
        self, path: str, form: Mapping[str, str] | Iterable[tuple[str, str]], **more: str
    ) -> httpx.Response:
        """A form to the authorization server; once more where it asks for a nonce."""
        url = f"{self.issuer}/{path}"
        answer = self._send(url, form, more)
        fresh = answer.headers.get("dpop-nonce")
        if fresh is not None:
            self.nonce = fresh
        if answer.status_code == 400 and answer.json().get("error") == "use_dpop_nonce":
            return self._send(url, form, more)
        return answer

    def _send(
        self, url: str, form: Mapping[str, str] | Iterable[tuple[str, str]], more: Mapping[str, str]
    ) -> httpx.Response:
        return HTTP.post(
            url,
            content=str(httpx.QueryParams(list(form.items()) if isinstance(form, Mapping) else list(form))),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                **self.proof("POST", url),
                **self.headers,
                **more,
            },
        )

    def push(self, **changes: Any) -> httpx.Response:
        return self.send("par", self.request(**changes).to_form())

    def pushed(self, **changes: Any) -> str:
        """The address to open in a browser, by PAR."""
        answer = self.push(**changes)
        assert answer.status_code == 201, answer.text
        return self.page(answer.json()["request_uri"])

    def page(self, request_uri: str, client_id: str | None = None) -> str:
        query = httpx.QueryParams({"client_id": client_id or self.client_id, "request_uri": request_uri})
        return f"{self.issuer}/authorize?{query}"

    def front(self, **changes: Any) -> str:
        """The address to open in a browser, with the parameters in it."""
        return f"{self.issuer}/authorize?{httpx.QueryParams(self.request(**changes).to_form())}"

    def code_of(self, location: str) -> str:
        """The code in the answer, which must be to this wallet's question and name its issuer."""
        address, _, query = location.partition("?")
        found = parse_qs(query)
        assert address == self.redirect_uri.partition("?")[0]
        assert found["state"] == [self.state]
        assert found["iss"] == [self.issuer]
        return found["code"][0]

    def redeem(self, code: str, **changes: Any) -> httpx.Response:
        members = {
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
            "client_id": self.client_id,
        }
        return self.send("token", AuthorizationCodeGrant(**{**members, **changes}).to_form())

    def refresh(self, token: str, **changes: Any) -> httpx.Response:
        members = {"refresh_token": token, "client_id": self.client_id}
        return self.send("token", RefreshTokenGrant(**{**members, **changes}).to_form())

    def at_resource(
        self, path: str, token: str, *, method: str = "POST", body: object = None, **changes: Any
    ) -> httpx.Response:
        """A request with the token and a proof for it, of which `changes` make something else."""
        url = f"{self.issuer}/{path}"
        kind = "Bearer" if self.signer is None else "DPoP"
        headers = {"Authorization": f"{changes.pop('kind', kind)} {token}"}
        given = {"access_token": token, **changes}
        proof = self.proof(given.pop("htm", method), given.pop("htu", url), **given)
        return HTTP.request(method, url, headers=headers | proof, json=body)


@dataclass
class LearnerBrowser:
    """A browser at the issuer's page; the wallet's own address is never visited, only noted."""

    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(
            timeout=60, follow_redirects=False, limits=httpx.Limits(max_keepalive_connections=0)
        )
    )
    address: str = ""
    page: str = ""
    status: int = 0
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    back: str | None = None
    """Where the page sent the learner in the end, outside of itself."""

    def open(self, address: str, **headers: str) -> "LearnerBrowser":
        self._take(self.client.get(address, headers={"Accept": "text/html", **headers}))
        return self

    def send(self, what: str, **fields: object) -> "LearnerBrowser":
        """Send one of the page's forms, as a browser does."""
        parts = urlsplit(self.address)
        self._take(
            self.client.post(
                f"{self.address}/{what}",
                data=fields,
                headers={"Accept": "text/html", "Origin": f"{parts.scheme}://{parts.netloc}"},
            )
        )
        return self

    def _take(self, answer: httpx.Response) -> None:
        here = httpx.URL(str(answer.url))
        while answer.status_code == 303:
            there = here.join(answer.headers["location"])
            if (there.host, there.port) != (here.host, here.port):
                self.back, self.status = answer.headers["location"], 303
                return
            here = there
            answer = self.client.get(here, headers={"Accept": "text/html"})
        self.status, self.page, self.headers = answer.status_code, answer.text, answer.headers
        if "/authorize/" in here.path and answer.request.method == "GET":
            self.address = str(here)

    @property
    def offers(self) -> list[str]:
        return re.findall(r'name="offer" value="([0-9a-f]{32})"', self.page)

    def prove(self, outbox: Any, mailbox: str = LEARNER) -> "LearnerBrowser":
        self.send("mailbox", mailbox=mailbox)
        return self.send("code", code=outbox.code())

    def agree(self, offers: list[str] | None = None) -> str:
        self.send("answer", answer="yes", offer=self.offers if offers is None else offers)
        assert self.back is not None, self.page
        return self.back


def permission(wallet: AskingWallet, offer: Mapping[str, Any], state: str, **changes: Any) -> str:
    """The code that a learner's yes brings."""
    browser = LearnerBrowser().open(wallet.pushed(issuer_state=state, **changes))
    return wallet.code_of(browser.send("pickup", code=offer["tx_code"]).agree())


def refused(answer: httpx.Response, error: str, status: int = 400) -> None:
    """By this word of OAuth, and never to be kept."""
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    assert answer.headers["cache-control"] == "no-store"
