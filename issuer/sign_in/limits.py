"""Limits of signing in, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInLimits:
    passphrase_least: int = 15
    """Characters: what NIST SP 800-63B-4, section 3.1.1.2, asks where nothing else is asked beside it."""
    passphrase_most: int = 256
    """Characters: four lines of a poem, and no work for a server that hashes them."""
    passphrase_different: int = 6
    """Different characters: `aaaaaaaaaaaaaaa` is no passphrase."""
    name: int = 254
    """Characters of a sign-in name: an address for mail has 254 at most (RFC 5321)."""
    failures_by_name: int = 10
    """Wrong tries of one sign-in name from one network in a window; after that a right one from there waits
    as well. Passkeys go on, and so do other networks: nobody keeps a colleague out from far away."""
    failures_anywhere: int = 100
    """Wrong tries of one sign-in name from everywhere: who has ten networks guesses ten thousand times a day,
    which is nothing against 15 characters."""
    failures_by_network: int = 50
    """Wrong tries from one network in a window: an office of twenty on a Monday morning, and no more."""
    window: int = 900
    """Seconds."""
    at_once: int = 2
    """Passphrases that are hashed at a time: each takes 46 MiB."""
    waiting: int = 32
    """That may wait for it: a second or two for the last of them."""
    counted: int = 50_000
    """Wrong tries that are counted in one window, each as a few documents of the store. With more nobody is
    let in by passphrase."""
    link_lifetime: int = 259_200
    """Seconds (three days) that an invitation lives: over a weekend."""
    passkeys: int = 16
    """Of one account: each phone, computer and key that somebody has."""
    passkey_name: int = 64
    """Characters."""
    ceremony: int = 600
    """Seconds from the page with a challenge to its answer: finding a security key may take a while."""
    response: int = 16_384
    """Bytes of what an authenticator answers: a certificate chain of attestation stands in it at most."""
    sessions: int = 16
    """At once for one account; a new one ends the oldest."""
    fresh: int = 900
    """Seconds since signing in within which passphrase and passkeys may be changed: a console that was left
    open is not enough to take an account over."""


SIGN_IN = SignInLimits()
