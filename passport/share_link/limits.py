"""Limits of share links, named, with their reasons."""

from dataclasses import dataclass

from passport.limits import JsonLimits


@dataclass(frozen=True, slots=True)
class ShareLinkLimits:
    """Bounds on what is shared by a link, for how long, and on a host of links."""

    document: int = 180_224
    """Bytes before encryption: sixteen usual badges. With its envelope it stays within one request."""
    step: int = 4_096
    """Bytes that a document is filled up to a multiple of: its length tells little of what is in it."""
    address: int = 512
    """Characters of a whole link: it goes in a letter of application."""
    least_seconds: int = 3_600
    """For which a link may be open: shorter is a code to be scanned."""
    most_seconds: int = 7_948_800
    """92 days, three months: the time of applying for a job. Nothing is on the web for ever by mistake."""
    links: int = 100_000
    """On one host."""
    stored: int = 2_147_483_648
    """Bytes on one host."""
    uploads: int = 60
    """From one address of the network in an hour: a library's or a school's, with many people behind it."""
    households: int = 20
    """Times as many from one network of addresses of IPv6 (a /48, which anybody can have for nothing)."""
    addresses: int = 10_000
    """Of which uploads are counted; who comes when so many are counted waits."""


SHARE_LINK = ShareLinkLimits()
ENVELOPE = JsonLimits(size=262_144, depth=2, array=8, string=250_000)
"""The JSON around a ciphertext: one long string."""
