"""A worker who asks for a confirmation, a supervisor who gives it, and the mail between them."""

import re
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import httpx

from passport.credentials.build import achievement_credential, presentation
from passport.dids import key_method_id
from passport.encoding import base64url_encode, digest_multibase
from passport.proofs import add_proof
from tests.simulators.issuing import HTTP, HolderWallet, IssuerProcess, Office

BREAD, OVEN = "http://data.europa.eu/esco/skill/bake-bread", "http://data.europa.eu/esco/skill/clean-oven"
SKILLS = {BREAD: "bake bread", OVEN: "clean the oven"}
SHEET = b"date,hours,task\n2026-03-02,8,baking bread\n2026-03-03,7.5,cleaning the oven\n"
SUPERVISOR = "supervisor@employer.example"


@dataclass
class ConfirmedWorker(HolderWallet):
    """A worker who makes a claim and asks for it to be confirmed. What is told is kept."""

    token: str = ""
    url: str = ""
    supervisor: str = SUPERVISOR

    def claim(self, skills=None, *, subject=None, issuer=None, files=(), narrative="I baked every morning."):
        credential = achievement_credential(
            credential_id=uuid.uuid4().urn,
            issuer={"id": issuer or self.did},
            subject_id=subject or self.did,
            achievement={
                "id": uuid.uuid4().urn,
                "name": "Work in a bakery",
                "description": "What somebody says of their own work.",
                "criteria": {"narrative": "According to the person."},
                "alignment": [
                    {"targetUrl": url, "targetName": name} for url, name in (skills or SKILLS).items()
                ],
            },
            valid_from=datetime.now(UTC).replace(microsecond=0),
            activity_start=datetime(2025, 1, 1, tzinfo=UTC),
            activity_end=datetime(2026, 3, 31, tzinfo=UTC),
            evidence=[
                {"genre": "self-report", "narrative": narrative},
                *({"id": each["id"], "genre": "self-report"} for each in files),
            ],
            related_resources=[
                {
                    "id": each["id"],
                    "digestMultibase": digest_multibase(each["data"]),
                    "mediaType": each["mediaType"],
                }
                for each in files
            ],
        )
        return self.signed(credential)

    def signed(self, document, **options):
        return add_proof(
            document,
            signer=self.signer,
            verification_method=key_method_id(self.did),
            created=datetime.now(UTC).replace(microsecond=0),
            **options,
        )

    def present(self, credentials, *, challenge, domain, holder=None):
        unsigned = presentation(
            holder=holder or self.did, credentials=credentials, presentation_id=uuid.uuid4().urn
        )
        return self.signed(unsigned, proof_purpose="authentication", challenge=challenge, domain=domain)

    def body(self, office: Office, claim, *, files=(), **more):
        vp = self.present([claim], challenge=self.nonce(office.issuer), domain=office.did)
        sent = [
            {
                "id": each["id"],
                "name": each["name"],
                "mediaType": each["mediaType"],
                "content": base64url_encode(each["data"]),
            }
            for each in files
        ]
        return {
            "presentation": vp,
            "name": "A worker",
            "message": "You know how I work.",
            "files": sent,
        } | more

    def ask(self, office: Office, claim=None, **more) -> httpx.Response:
        files = more.get("files", ())
        asked = HTTP.post(
            f"{office.issuer}/confirmations", json=self.body(office, claim or self.claim(files=files), **more)
        )
        if asked.status_code == 201:
            self.token, self.url = asked.json()["token"], asked.json()["url"]
        return asked

    def hears(self, path: str = "", method: str = "GET") -> httpx.Response:
        return HTTP.request(method, self.url + path, headers={"Authorization": f"Bearer {self.token}"})

    def told(self) -> dict:
        answer = self.hears()
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass
class Outbox:
    """The folder in which an issuer without a mail server puts its mails."""

    folder: Path
    read: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, process: IssuerProcess) -> "Outbox":
        return cls(process.folder / "data" / "outbox")

    def next(self, pattern: str = "", *, seconds: float = 15):
        """The first mail that was not taken out yet and in whose text the pattern is found."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for path in sorted(self.folder.glob("*.eml"), key=lambda each: each.stat().st_mtime_ns):
                if path.name not in self.read:
                    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
                    if re.search(pattern, mail.get_content(), re.MULTILINE):
                        self.read.add(path.name)
                        return mail
            time.sleep(0.02)
        raise AssertionError("no such mail came")

    def count(self) -> int:
        return len(list(self.folder.glob("*.eml")))

    def link(self, number: str = "") -> str:
        """The link of an invitation: the one of this request, or the next."""
        pattern = rf"https?://\S+/confirm/{number}\S+"
        return re.search(pattern, self.next(pattern).get_content())[0]

    def code(self) -> str:
        pattern = r"^(\d{6})\s*$"
        return re.search(pattern, self.next(pattern).get_content(), re.MULTILINE)[1]


@dataclass
class SupervisorBrowser:
    """A browser without scripts at the supervisor's pages."""

    link: str
    outbox: Outbox
    language: str = "en"
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        parts = httpx.URL(self.link)
        origin = f"{parts.scheme}://{parts.netloc.decode()}"
        self.client = httpx.Client(
            headers={"Origin": origin, "Accept": "text/html", "Accept-Language": self.language},
            timeout=60,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def get(self, page: str = "", **arguments) -> httpx.Response:
        return self.client.get(
            f"{self.link}/{page}" if page else self.link, follow_redirects=True, **arguments
        )

    def post(self, page: str, fields=None, *, file=None, **arguments) -> httpx.Response:
        """Send a form and follow where it leads."""
        files = {"file": file} if file is not None else None
        return self.client.post(
            f"{self.link}/{page}", data=fields or {}, files=files, follow_redirects=True, **arguments
        )

    def prove(self) -> httpx.Response:
        self.post("code")
        return self.post("session", {"code": self.outbox.code()})

    def fill_in(self, *words: str, file=("sheet.csv", SHEET, "text/csv"), **more: str) -> httpx.Response:
        fields = {f"skill-{number}": word for number, word in enumerate(words)}
        fields |= {"role": "team leader of the bakery", "not-the-holder": "yes"} | more
        return self.post("statement", fields, file=file)

    def send(self, page: httpx.Response, **arguments) -> httpx.Response:
        return self.post("send", {"seen": seen(page)}, **arguments)


def seen(page: httpx.Response) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def allow(office: Office, *entries: str, retention: int = 90) -> None:
    answer = office.ask(
        "PUT", "/api/confirmations/policy", json={"allowed": list(entries), "retention": retention}
    )
    assert answer.is_success, answer.text


def invited(office, outbox, **more):
    worker = ConfirmedWorker()
    worker.supervisor = f"{uuid.uuid4().hex}@trusted.example"
    asked = worker.ask(office, supervisor={"email": worker.supervisor}, **more)
    assert asked.status_code == 201, asked.text
    return worker, SupervisorBrowser(outbox.link(number_of(worker)), outbox)


def number_of(worker):
    return worker.url.rpartition("/")[2]
