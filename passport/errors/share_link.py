"""Refusals of links that share a presentation."""

from passport.errors.base import Gone, Invalid, TooLarge


class NotAShareLink(Invalid):
    code = "not_a_share_link"
    sentence = "This is not a whole link of a wallet. Copy all of it, also what stands behind the #."


class MalformedShared(Invalid):
    code = "malformed_shared"
    sentence = "What stands at this link is not from a wallet."


class SharedTampered(Invalid):
    code = "shared_tampered"
    sentence = "What stands at this link is not what was put there, or the link was not copied whole."


class SharedTooLarge(TooLarge):
    code = "shared_too_large"
    sentence = "This is too much for one link. Choose fewer credentials."


class ShareLinkEnded(Gone):
    code = "share_link_ended"
    sentence = "The time of this link is over. That says nothing about the credentials: ask for a new link."


class ShareLinkGone(Gone):
    code = "share_link_gone"
    sentence = (
        "There is nothing at this link any more: its time is over or its owner took it away. "
        "That says nothing about the credentials: ask for a new link."
    )
