"""Where the wallet lies and what it may do."""

import os
from dataclasses import dataclass, field
from pathlib import Path

HOME_VARIABLE = "PASSPORT_WALLET_HOME"
PASSPHRASE_FILE_VARIABLE = "PASSPORT_WALLET_PASSPHRASE_FILE"  # noqa: S105  # a variable's name
LINKS_HOST_VARIABLE = "PASSPORT_WALLET_LINKS_HOST"
TRUST_LISTS_VARIABLE = "PASSPORT_WALLET_TRUST_LISTS"


def default_links_host() -> str:
    """`PASSPORT_WALLET_LINKS_HOST`: the address of a host of share links; empty where nobody chose one."""
    return os.environ.get(LINKS_HOST_VARIABLE, "").strip()


def default_trust_lists() -> tuple[Path, ...]:
    """`PASSPORT_WALLET_TRUST_LISTS`: files with lists for new wallets, as PATH has folders."""
    return tuple(Path(each) for each in os.environ.get(TRUST_LISTS_VARIABLE, "").split(os.pathsep) if each)


@dataclass(frozen=True, slots=True)
class WalletSettings:
    folder: Path
    port: int = 0
    """0 lets the system choose a free one."""
    allow_loopback: bool = False
    """Fetch from this machine over http: for development and the demo only."""
    token: str | None = None
    """The one-time token of the opening address; None makes a random one."""
    locks: bool = True
    """Whether the wallet locks by itself when nobody uses it; the person chooses after how long."""
    links_host: str = field(default_factory=default_links_host)
    """Where share links go until the person chooses another host."""
    trust_lists: tuple[Path, ...] = field(default_factory=default_trust_lists)
    """Lists that whoever set this wallet up chose."""


def default_folder() -> Path:
    """`PASSPORT_WALLET_HOME`, else the platform's place for a user's data (XDG Base Directory)."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "skills-passport"
