"""A badge platform as others write them: plain HTTP from Open Badges 3.0, sections 6 and 7, and none of ours."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import httpx

SCOPE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
READ, UPSERT = f"{SCOPE}credential.readonly", f"{SCOPE}credential.upsert"
PROFILE, LATER = f"{SCOPE}profile.readonly", "offline_access"
BACK = "https://platform.example/back"


@dataclass
class BadgePlatform:
    """A client of somebody's badges at `base`; what a test changes on purpose is an argument."""

    base: str
    redirect_uri: str = BACK
    name: str = "A badge platform"
    scopes: tuple[str, ...] = (READ, PROFILE, LATER)
    public: bool = False
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=60, limits=httpx.Limits(max_keepalive_connections=0))
    )
    described: dict[str, Any] = field(default_factory=dict)
    client_id: str = ""
    client_secret: str = ""
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    tokens: dict[str, Any] = field(default_factory=dict)

    @property
    def scheme(self) -> dict[str, Any]:
        return self.described["components"]["securitySchemes"]["OAuth2ACG"]

    @property
    def flow(self) -> dict[str, Any]:
        return self.scheme["flows"]["authorizationCode"]

    def discover(self) -> "BadgePlatform":
        answer = self.http.get(f"{self.base}/ims/ob/v3p0/discovery", headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text
        self.described = answer.json()
        return self

    def metadata(self, **changes: Any) -> dict[str, Any]:
        return {
            "client_name": self.name,
            "client_uri": "https://platform.example/",
            "logo_uri": "https://platform.example/logo.png",
            "tos_uri": "https://platform.example/terms",
            "policy_uri": "https://platform.example/privacy",
            "software_id": "c88b6ed8-269e-448e-99be-7e2ff47167d1",
            "software_version": "1.0",
            "redirect_uris": [self.redirect_uri],
            "token_endpoint_auth_method": "none" if self.public else "client_secret_basic",
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "scope": " ".join(self.scopes),
        } | changes

    def post_registration(self, **changes: Any) -> httpx.Response:
        return self.http.post(self.scheme["x-imssf-registrationUrl"], json=self.metadata(**changes))

    def register(self, **changes: Any) -> "BadgePlatform":
        if not self.described:
            self.discover()
        answer = self.post_registration(**changes)
        assert answer.status_code == 201, answer.text
        self.client_id, self.client_secret = (
            answer.json()["client_id"],
            answer.json().get("client_secret", ""),
        )
        return self

    def sign_in_url(self, **changes: str) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(self.scopes),
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        } | changes
        return f"{self.flow['authorizationUrl']}?{urlencode(query)}"

    def code_in(self, location: str) -> str:
        found = parse_qs(urlsplit(location).query)
        assert location.startswith(self.redirect_uri), location
        assert found["state"] == [self.state], location
        return found["code"][0]

    def _form(self, url: str, form: dict[str, str], **headers: str) -> httpx.Response:
        if self.public:
            return self.http.post(url, data={"client_id": self.client_id, **form}, headers=headers)
        basic = f"{quote(self.client_id)}:{quote(self.client_secret)}"
        sent = {"Authorization": f"Basic {base64.b64encode(basic.encode()).decode()}", **headers}
        return self.http.post(url, data=form, headers=sent)

    def redeem(self, code: str, **changes: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(self.scopes),
            "code_verifier": self.verifier,
        } | changes
        answer = self._form(self.flow["tokenUrl"], form)
        if answer.is_success:
            self.tokens = answer.json()
        return answer

    def refresh(self, token: str | None = None, **changes: str) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": token or self.tokens["refresh_token"]}
        answer = self._form(self.flow["refreshUrl"], form | changes)
        if answer.is_success:
            self.tokens = answer.json()
        return answer

    def revoke(self, token: str) -> httpx.Response:
        return self._form(self.scheme["x-revocationUrl"], {"token": token})

    def ask(self, method: str, path: str, *, token: str | None = None, **arguments: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.tokens.get('access_token', '')}"}
        headers |= arguments.pop("headers", {})
        return self.http.request(method, f"{self.base}/ims/ob/v3p0/{path}", headers=headers, **arguments)

    def badges(self, **query: Any) -> httpx.Response:
        return self.ask("GET", "credentials", params=query)

    def upsert(self, badge: Any, **arguments: Any) -> httpx.Response:
        """JSON as it is, or a compact token."""
        if isinstance(badge, str):
            arguments |= {"content": badge, "headers": {"Content-Type": "text/plain"}}
        elif isinstance(badge, bytes):
            arguments |= {"content": badge, "headers": {"Content-Type": "application/json"}}
        else:
            arguments |= {"json": badge}
        return self.ask("POST", "credentials", **arguments)
