"""The wallet's pages in this process, over real HTTP, and somebody who uses them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from passport.clock import Clock, utc_now
from tests.simulators.serving import bound, serving
from tests.simulators.wallets import QuickSodium
from wallet.desktop.app import create
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings

_TOKEN = "a-token-for-the-test-of-the-wallet-0000002"


@dataclass
class AtDesk:
    """A person at the wallet's pages."""

    desk: Desk
    client: httpx.Client

    @property
    def did(self) -> str:
        with self.desk.wallet() as wallet:
            return wallet.did

    def get(self, path: str) -> httpx.Response:
        answer = self.client.get(path)
        assert answer.is_success, (answer.status_code, answer.text[:2_000])
        return answer

    def post(self, path: str, *, files: dict[str, object] | None = None, **fields: object) -> httpx.Response:
        return self.client.post(path, data=fields, files=files)


@contextmanager
def at_desk(folder: Path, *, clock: Clock = utc_now, quick: bool = False) -> Iterator[AtDesk]:
    """An open wallet in `folder`, and its pages. `quick`: a passphrase that is cheap to try."""
    listener = bound()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    settings = WalletSettings(folder, port=listener.getsockname()[1], allow_loopback=True, token=_TOKEN)
    keeper = Keeper(folder, crypto=QuickSodium()) if quick else None
    desk = Desk(settings, clock=clock, keeper=keeper)
    desk.create("een korte zin van mij")
    headers = {"Origin": address, "Accept": "text/html", "Accept-Language": "nl"}
    with (
        serving(create(settings, desk=desk), listener),
        httpx.Client(
            base_url=address, headers=headers, trust_env=False, timeout=60, follow_redirects=True
        ) as client,
    ):
        client.get("/open", params={"token": _TOKEN})
        yield AtDesk(desk, client)
