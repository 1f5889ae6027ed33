"""`KEEP=1`: the services go on after the story, with a way in for whoever wants to look around."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console

from passport.demo.setting import Stage, start_wallet


@dataclass(frozen=True, slots=True)
class Kept:
    """What runs on, and how to get in and to end it. The keys open made-up organisations."""

    addresses: Mapping[str, str]
    keys: Mapping[str, str]
    processes: tuple[int, ...]

    def facts(self) -> dict[str, object]:
        return {
            "addresses": dict(self.addresses),
            "apiKeys": dict(self.keys),
            "processes": list(self.processes),
        }

    def show(self, console: Console) -> None:
        pages = {
            "wallet": "the worker's wallet (opens once with this address)",
            "verifier": "the asking employer: sign in with the key 'asker'",
            "issuer": "the school's console: sign in with the key 'school'",
        }
        console.print("\n[bold]The services keep running.[/]")
        for name, address in self.addresses.items():
            console.print(f"  {address}  {pages[name]}", markup=False, soft_wrap=True)
        for who, key in self.keys.items():
            console.print(f"  key '{who}': {key}", markup=False, soft_wrap=True)
        numbers = " ".join(map(str, self.processes))
        console.print(f"  Stop them with: kill {numbers}", markup=False, soft_wrap=True)


def keep_running(stage: Stage) -> Kept:
    """Bring the issuer back, and the wallet with a new one-time address."""
    services = stage.services
    if "issuer" not in {each.name for each in services.running}:
        stage.start_issuer()
    services.stop_one("wallet")
    token = start_wallet(stage)
    services.wait()
    ports = stage.ports
    return Kept(
        addresses={
            "wallet": f"http://127.0.0.1:{ports['wallet']}/open?token={token}",
            "verifier": f"http://localhost:{ports['verifier']}/",
            "issuer": f"http://localhost:{ports['issuer']}/console",
        },
        keys={"school": stage.school.key, "asker": stage.asker.key},
        processes=tuple(each.process.pid for each in services.running),
    )
