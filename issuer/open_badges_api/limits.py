"""Limits of an organisation as a provider of badges, each with its reason."""

from dataclasses import dataclass

from issuer.authorization.limits import AuthorizationLimits


@dataclass(frozen=True, slots=True)
class BadgeProviderLimits:
    unused_clients: int = 1_000
    """Registered programs of one organisation that nobody agreed to yet. Anybody may register; beyond this
    the oldest goes, so a flood pushes itself out, and whoever registers and goes on at once is let."""
    unused_days: int = 1
    """Days that a program stays registered to which nobody agreed."""
    idle_days: int = 400
    """Days that a program stays registered since its last token: a school year and a long summer."""
    redirects: int = 4
    """Addresses that one program may be sent back to."""
    badges: int = 500
    """Badges of one learner at one organisation: a module a week for ten years."""
    programs: int = 50
    """Programs with a permission that a learner sees and can stop."""


BADGE_PROVIDER = BadgeProviderLimits()
REGISTRATIONS = AuthorizationLimits(begun=1_000, begun_by_network=200)
"""Programs that register, counted as permissions that are begun are. As many as have room before anybody
agreed to them: who registered this half-hour is pushed out by nobody, and one network fills a fifth of it."""
