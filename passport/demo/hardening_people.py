"""The other people of the hardening story: a supervisor with a mailbox, and the office of an assessor."""

import re
import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx

from passport.clock import utc_now
from passport.demo.doors import Door, StepRefused
from passport.demo.services import READY_SECONDS
from passport.dids.did_key import create_did_key
from passport.json import JsonObject
from passport.keys import generate_signer

SUPERVISOR = "supervisor@employer.example"
_LINK = re.compile(r"https?://\S+/confirm/\S+")
_CODE = re.compile(r"^\s*(\d[\d ]{4,}\d)\s*$", re.MULTILINE)
_CONFIRMATION = re.compile(r'href="/console(/confirmations/[0-9a-f]{32})"')
_REVOKE = re.compile(r'action="/console(/confirmations/[0-9a-f]+/endorsements/[0-9a-f]+/revoke)"')
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


class Mailbox:
    """The folder where the service puts its mails, as the supervisor reads them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: set[Path] = set()

    def next(self) -> str:
        """The text of a mail that was not read before; raises StepRefused where none comes."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            fresh = [path for path in sorted(self._folder.glob("*.eml")) if path not in self._read]
            if fresh:
                self._read.add(fresh[0])
                mail = message_from_bytes(fresh[0].read_bytes(), policy=policy.default)
                if SUPERVISOR in str(mail["To"]):
                    body = mail.get_body()
                    assert body is not None
                    return str(body.get_content())
            time.sleep(0.1)
        raise StepRefused(expected="a mail")


class Person:
    """Somebody with a browser: keeps cookies, follows, and sends forms from the page's own address."""

    def __init__(self, address: str) -> None:
        self._address = address
        origin = "/".join(address.split("/")[:3])
        self._client = httpx.Client(headers={"Origin": origin}, follow_redirects=True, timeout=60.0)

    def ask(self, method: str, path: str, **form: Any) -> str:
        """The page that comes back; raises StepRefused."""
        response = self._client.request(method, self._address + path, **form)
        if not response.is_success:
            raise StepRefused(status=response.status_code, path=path)
        return response.text

    def close(self) -> None:
        self._client.close()


def confirm(mailbox: Mailbox, words: dict[str, str], sheet: bytes) -> None:
    """The supervisor opens the link, proves the mailbox, answers with a time sheet, looks, and sends."""
    foreman = Person(_found(_LINK, mailbox.next()))
    foreman.ask("GET", "")
    foreman.ask("POST", "/code")
    foreman.ask("POST", "/session", data={"code": _found(_CODE, mailbox.next())})
    fields = {"role": "Foreman", "not-the-holder": "yes", **words}
    sent = {"file": ("time-sheet.csv", sheet, "text/csv")}
    shown = foreman.ask("POST", "/statement", data=fields, files=sent)
    foreman.ask("POST", "/send", data={"seen": _found(_SEEN, shown)})
    foreman.close()


def revoke_confirmation(door: Door) -> None:
    """The employer's coordinator signs in to the console, opens the one confirmation, and takes it back."""
    coordinator = Person(f"{door.address}/console")
    coordinator.ask("POST", "/session", data={"api_key": door.key})
    listed = coordinator.ask("GET", "/confirmations")
    page = coordinator.ask("GET", _found(_CONFIRMATION, listed))
    coordinator.ask("POST", _found(_REVOKE, page))
    coordinator.close()


class Office:
    """An organisation that validates: a coordinator, an adviser and an assessor, each with a key."""

    def __init__(self, owner: Door) -> None:
        self._owner = owner
        self.people: dict[str, Door] = {}
        self.ids: dict[str, str] = {}
        owner.put("/api/validation-settings", {"language": "en"})
        for name in ("coordinator", "adviser", "assessor"):
            made = owner.post("/api/accounts", {"name": name, "role": "reader"})
            self.ids[name] = made["id"]
            self.people[name] = Door(owner.address, key=made["api_key"])
            own = {"profile": create_did_key(generate_signer().public_key)} if name == "assessor" else {}
            body = {"roles": [name], "name": f"Synthetic {name}", **own}
            owner.put(f"/api/validation-staff/{made['id']}", body)

    def newest(self) -> str:
        """The id of the case that came in, as the coordinator sees it."""
        listed = self.people["coordinator"].get("/api/validations")
        identifier: str = listed["cases"][0]["id"]
        return identifier

    def move(self, who: str, case: str, move: str, **body: Any) -> JsonObject:
        found: JsonObject = self.people[who].post(f"/api/validations/{case}/moves", {"move": move, **body})
        return found

    def prepare(self, case: str) -> None:
        """The coordinator and the adviser bring the case to the assessor."""
        self.move("coordinator", case, "appoint-adviser", account=self.ids["adviser"])
        self.move("coordinator", case, "accept")
        identification = {"method": "in-person", "on": _today()}
        self.move("coordinator", case, "identify", identification=identification)
        self.move("coordinator", case, "appoint-assessor", account=self.ids["assessor"])
        self.move("adviser", case, "submit")

    def judge(self, case: str, results: list[JsonObject]) -> None:
        assessment = {
            "method": "assessment",
            "how": "A morning on the roof, and an interview. Synthetic, for a demonstration.",
            "on": _today(),
            "independent": True,
            "results": results,
        }
        self.move("assessor", case, "assess", assessment=assessment)
        self.move("assessor", case, "certify")

    def close(self) -> None:
        for door in self.people.values():
            door.close()


def _today() -> str:
    return utc_now().date().isoformat()


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if match is None:
        raise StepRefused(expected=pattern.pattern)
    return match[match.lastindex or 0]
