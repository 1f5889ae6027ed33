"""What the wallet refuses of share links."""

from passport.errors import Indeterminate, Invalid, NotAllowed, TooLarge


class NotALinkTime(Invalid):
    code = "not_a_link_time"
    sentence = "Choose one of the times in the list."


class TooManyLinks(TooLarge):
    code = "too_many_open_links"
    sentence = "You have too many links. Take some away first."


class NoLinkHost(Invalid):
    code = "no_link_host"
    sentence = "Say where the link must go: the address of a host of links, such as https://links.example."


class NotAShareHost(Invalid):
    code = "not_a_share_host"
    sentence = (
        "This is not the address of a host of links, so no link was made. The address of a verifier, "
        "a school or another website does not work here. Fill in the address of a host of links, "
        "such as https://links.example."
    )


class HostRefused(NotAllowed):
    code = "link_host_refused"
    sentence = "That host did not take it. The link does not work; take it away here, or try another host."


class HostAway(Indeterminate):
    code = "link_host_away"
    sentence = "The host of the link gave no clear answer. Try again later: until then the link may work."
