"""A badge platform as a service, written from Open Badges 3.0 alone: provider and host, honest or hostile at will."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, RedirectResponse

from tests.simulators.badge_platform import LATER, READ, UPSERT
from tests.simulators.serving import bound, serving

ROOT = "/ims/ob/v3p0"


@dataclass
class BadgeService:
    """`answers` changes what a route gives: a Response, or a function of the usual JSON."""

    origin: str = ""
    title: str = "Another platform"
    scopes: tuple[str, ...] = (READ, UPSERT, LATER)
    badges: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    """Compact tokens beside the badges in JSON."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What was sent to it, by its id."""
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    registered: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    good: set[str] = field(default_factory=set)
    revoked: list[str] = field(default_factory=list)
    code_member: str = "compactJwsString"

    def honest(self) -> None:
        for each in (self.badges, self.tokens, self.kept, self.answers, self.asked, self.revoked):
            each.clear()
        self.scopes = (READ, UPSERT, LATER)

    def visit(self, address: str, **changes: str) -> str:
        """What the person's browser does who says yes: where it is sent back to."""
        query = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = {"code": code, "state": query["state"]} | changes
        address = query["redirect_uri"]  # may have a query, which stays (RFC 6749, section 3.1.2)
        return f"{address}{'&' if '?' in address else '?'}{urlencode(back)}"

    def _given(self, name: str, usual: Any, **more: Any) -> Response:
        found = self.answers.get(name)
        if isinstance(found, Response):
            return found
        return JSONResponse(usual if found is None else found(usual), **more)

    def app(self) -> FastAPI:  # noqa: C901 - a route each
        app = FastAPI()

        @app.middleware("http")
        async def note(request: Request, go_on: Any) -> Any:
            self.asked.append(f"{request.method} {request.url.path}")
            return await go_on(request)

        @app.get(f"{ROOT}/discovery")
        async def discovery() -> Response:
            at = self.origin
            flow = {
                "authorizationUrl": f"{at}/oauth/authorize",
                "tokenUrl": f"{at}/oauth/token",
                "refreshUrl": f"{at}/oauth/token",
                "scopes": dict.fromkeys(self.scopes, "..."),
            }
            scheme = {
                "type": "oauth2",
                "x-imssf-registrationUrl": f"{at}/oauth/register",
                "x-revocationUrl": f"{at}/oauth/revoke",
                "flows": {"authorizationCode": flow},
            }
            info = {"title": self.title, "version": "1.0", "termsOfService": f"{at}/terms"}
            document = {
                "openapi": "3.0.1",
                "info": info,
                "components": {"securitySchemes": {"OAuth2ACG": scheme}},
            }
            return self._given("discovery", document)

        @app.post("/oauth/register")
        async def register(request: Request) -> Response:
            asked = await request.json()
            made = asked | {"client_id": secrets.token_hex(8), "client_secret": secrets.token_hex(16)}
            self.registered[made["client_id"]] = made
            return self._given("register", made, status_code=201)

        @app.get("/oauth/authorize")
        async def authorize(request: Request) -> Response:
            return redirect(self.visit(str(request.url)))

        @app.post("/oauth/token")
        async def token(request: Request) -> Response:
            form = await request.form()
            client = self._client(request)
            if client is None:
                return JSONResponse({"error": "invalid_client"}, status_code=401)
            if form["grant_type"] == "authorization_code":
                asked = self.codes.pop(str(form["code"]), None)
                digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
                challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                if asked is None or asked["code_challenge"] != challenge:
                    return JSONResponse({"error": "invalid_grant"}, status_code=400)
            elif form["refresh_token"] not in self.good:
                return JSONResponse({"error": "invalid_grant"}, status_code=400)
            access, refresh = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
            self.good = {access, refresh}
            given = {
                "access_token": access,
                "refresh_token": refresh,
                "token_type": "bearer",
                "expires_in": 3600,
            }
            return self._given("token", given)

        @app.post("/oauth/revoke")
        async def revoke(request: Request) -> Response:
            self.revoked.append(str((await request.form())["token"]))
            self.good.clear()
            return self._given("revoke", {})

        @app.get(f"{ROOT}/credentials")
        async def credentials(request: Request, limit: int = 10, offset: int = 0) -> Response:
            if not self._allowed(request):
                return JSONResponse({"imsx_codeMajor": "failure"}, status_code=401)
            page = self.badges[offset : offset + limit]
            headers = {"X-Total-Count": str(len(self.badges))}
            if offset + limit < len(self.badges):
                there = f"{self.origin}{ROOT}/credentials?limit={limit}&offset={offset + limit}"
                headers["Link"] = f'<{there}>; rel="next"'
            tokens = self.tokens if offset == 0 else []
            return self._given("credentials", {"credential": page, self.code_member: tokens}, headers=headers)

        @app.post(f"{ROOT}/credentials")
        async def upsert(request: Request) -> Response:
            if not self._allowed(request):
                return JSONResponse({"imsx_codeMajor": "failure"}, status_code=401)
            if "upsert" in self.answers:
                sent: Response = self.answers["upsert"]
                return sent
            body = await request.body()
            name = json.loads(body)["id"] if body[:1] == b"{" else hashlib.sha256(body).hexdigest()
            if self.kept.get(name) == body:
                return Response(status_code=304)
            status = 200 if name in self.kept else 201
            self.kept[name] = body
            return Response(body, status_code=status, media_type=request.headers["content-type"])

        return app

    def _client(self, request: Request) -> dict[str, Any] | None:
        kind, _, encoded = request.headers.get("authorization", "").partition(" ")
        if kind != "Basic":
            return None
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
        found = self.registered.get(unquote_plus(client_id))
        return found if found is not None and found["client_secret"] == unquote_plus(secret) else None

    def _allowed(self, request: Request) -> bool:
        return request.headers.get("authorization", "").removeprefix("Bearer ") in self.good


def redirect(address: str) -> Response:
    return RedirectResponse(address, status_code=302)


@contextmanager
def badge_service(*, to_browsers: bool = False) -> Iterator[BadgeService]:
    """`to_browsers`: it lets web pages ask it (CORS), as wallets in browsers need."""
    service, listener = BadgeService(), bound()
    service.origin = f"http://localhost:{listener.getsockname()[1]}"
    app = service.app()
    if to_browsers:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["Link", "X-Total-Count"],
        )
    with serving(app, listener):
        yield service
