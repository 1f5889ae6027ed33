"""Limits of the authorization server, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorizationLimits:
    pushed_lifetime: int = 90
    """Seconds that a pushed request can be used: a wallet opens the browser at once (RFC 9126, 2.2)."""
    visit: int = 1_800
    """Seconds from the first page to the answer: a mail with a code may take some minutes."""
    begun: int = 50_000
    """Permissions that wallets and programs begin at one organisation, pushed or on its page, in the time of
    a visit: each is a kilobyte that is kept for that long before anybody proves anything."""
    begun_by_network: int = 1_000
    """Of them from one address of the network, or one household of IPv6: a school behind one address. To shut
    others out takes fifty such networks, every half hour again, and offers by a link go on."""
    households: int = 10
    """Times as many from one network of addresses of IPv6 (a /48, which anybody can have for nothing)."""
    code_lifetime: int = 60
    """Seconds that an authorization code lives: the wallet is called with it and asks at once."""
    refresh_lifetime: int = 2_592_000
    """Seconds (30 days) since the last use of a refresh token: a credential that is made later, or a form
    that is asked for later."""
    nonce_lifetime: int = 300
    """Seconds that a DPoP nonce may be used."""
    wallet_providers: int = 32
    """Providers of wallets that one organisation recognises: those of the countries of the Union."""
    provider_keys: int = 8
    """Keys of one of them: it rotates, and has two kinds."""


AUTHORIZATION = AuthorizationLimits()
