"""A wallet's application on this computer, somebody before it, and a clock that they can push on."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from passport.json import dump
from tests.simulators import age_files
from tests.simulators.asgi import asked
from tests.simulators.parties import ESCO, Party, World
from tests.simulators.wallets import QuickSodium
from wallet.core.accept import examine, keep
from wallet.core.recovery import misspelt
from wallet.desktop.app import create
from wallet.desktop.backup import Age
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

PASSPHRASE = "een korte zin van mij"
BROWSER = {"accept": "text/html", "accept-language": "en", "origin": "http://localhost"}


class Time:
    """The clock on the wall, and the time since the computer started."""

    def __init__(self):
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.running = 0.0

    def wall(self):
        return self.now

    def elapsed(self):
        return self.running

    def passes(self, seconds):
        self.now += timedelta(seconds=seconds)
        self.running += seconds


class QuickAge(Age):
    """Files that age opens as any other, sealed with its least work; whoever tests that work takes `Age`."""

    def seal(self, content: bytes, passphrase: str) -> bytes:
        return age_files.sealed(content, passphrase)


class House:
    """A wallet's application and somebody before it."""

    def __init__(self, folder):
        self.time = Time()
        self.settings = WalletSettings(folder, port=8000, token="t" * 43)
        self.keeper = Keeper(folder, self.time.wall, QuickSodium())
        self.desk = Desk(self.settings, keeper=self.keeper, elapsed=self.time.elapsed)
        self.desk.tools = replace(self.desk.tools, age=QuickAge())
        self.app = create(self.settings, desk=self.desk)
        self.cookie = ""
        entered = self.ask("GET", f"/open?token={self.settings.token}")
        self.cookie = entered.headers["set-cookie"].partition(";")[0]

    def ask(self, method, path, **more):
        return asked(self.app, method, path, headers={**BROWSER, "cookie": self.cookie}, **more)

    def get(self, path, status=200):
        answer = self.ask("GET", path)
        assert answer.status_code == status, answer.text
        return answer

    def post(self, path, status=200, files=None, **fields):
        answer = self.ask("POST", path, data=fields, files=files)
        assert answer.status_code == status, answer.text
        return answer

    def made(self):
        """A wallet is made on the page; its words."""
        return words_on(self.post("/create", passphrase=PASSPHRASE))

    def take(self, skill="weld"):
        world = World(now=self.time.now)
        with self.desk.wallet() as wallet:
            document = Party("A school").issue(wallet.did, [f"{ESCO}{skill}"])
            one = examine(dump(document), world.cache, wallet)
            keep(wallet, (one,))
        return one.id


def words_on(page):
    words = re.findall(r'<li><span class="code">([a-z]+)</span></li>', page.text)
    assert len(words) == 24
    return words


def misspelled(word):
    """Not a word of the list, whatever the words are by chance, and one that this word is offered for."""
    typed = (word[:at] + letter + word[at:] for at in range(len(word), 0, -1) for letter in "qxz")
    return next(each for each in typed if any(word in one.alike for one in misspelt(each)))
