"""The limits of matching, named, with their reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Bounds on a publisher's zip archive."""

    entries: int = 64
    """ESCO's archives hold 14 at most."""
    entry_size: int = 134_217_728
    """Bytes of one table after inflating, read as a stream; the largest of ESCO 1.1.1 has 21 MB."""
    size: int = 268_435_456
    """Bytes of all tables."""
    rows: int = 1_000_000
    """Of one table; the largest of ESCO 1.1.1 has 123,855."""
    field: int = 65_536
    """Characters in one cell."""


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """Bounds on a compact bundle."""

    manifest: int = 16_384
    """Bytes; the shipped one has about 4 kB."""
    size: int = 8_388_608
    """Bytes as it travels; the shipped one has 1.4 MB."""
    expanded: int = 33_554_432
    """Bytes of one part after inflating, so that a small part can't fill the memory."""
    concepts: int = 65_536
    """In one table: concepts are numbered in 16 bits."""


@dataclass(frozen=True, slots=True)
class ProfileLimits:
    skills: int = 5_000
    """In one profile. The richest occupation of ESCO has 262; a long working life stays under a thousand."""
    search: int = 200
    """Characters of a search text."""


@dataclass(frozen=True, slots=True)
class MarketLimits:
    """Bounds on labour-market data."""

    table: int = 104_857_600
    """Bytes of a publisher's CSV, read as a stream: 35 regions, 436 groups and ten years by month: 45 MB."""
    line: int = 4_096
    """Bytes of one line of it."""
    figures: int = 50_000
    """Occupations or groups times regions: 35 regions of all 436 groups of ISCO-08 are 15,260."""
    windows: int = 120
    """Ten years by month."""
    regions: int = 512
    """European regions on the third level are 1,166 together; a country has 401 at most (Germany)."""
    count: int = 1_000_000_000
    """Of one number of vacancies or people."""
    design_effect: int = 1_000
    """More than this says that the figures say nothing."""
    rules: int = 32
    """Reasons for which rows were left out, each with its count."""
    about: int = 65_536
    """Bytes of the file that describes a set."""


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """Bounds on catalogues of modules and on plans."""

    modules: int = 4_096
    """In one catalogue: all modules of a large school for vocational education."""
    skills: int = 64
    """That one module teaches; as many as one claim lists."""
    asked: int = 16
    """Modules, and skills, that one module asks first."""
    starts: int = 52
    """Times that a module is given: weekly for a year."""
    hours: int = 10_000
    """Of one module, and of a budget: six years of work."""
    cents: int = 100_000_000
    """Of one module, and of a budget: a million euros."""
    level: int = 100
    """As in function profiles."""
    gaps: int = 256
    """Missing skills that are planned for at once. The richest occupation of ESCO has 262 skills."""
    steps: int = 16_384
    """Of the exact search, 2^14: with 13 modules that help it always comes to its end, and mostly with 80."""


@dataclass(frozen=True, slots=True)
class CheckUpLimits:
    """Bounds on a check-up's document."""

    size: int = 1_048_576
    """Bytes; 5,000 skills with their addresses have 700 kB."""
    skills: int = 5_000
    """As in one profile."""
    work: int = 64
    """Occupations: one's own, those chosen and planned for, and the nearest."""
    regions: int = 512
    """As in a set of labour-market data."""
    actions: int = 32
    """More than that is no list to act on."""
    own_actions: int = 5
    """In the person's own words."""
    text: int = 500
    """Characters of one text."""
    values: int = 16
    """Values of one sentence."""


ARCHIVE = ArchiveLimits()
BUNDLE = BundleLimits()
PROFILE = ProfileLimits()
MARKET = MarketLimits()
PLAN = PlanLimits()
CHECK_UP = CheckUpLimits()
