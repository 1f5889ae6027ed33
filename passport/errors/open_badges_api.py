"""Refusals of the Open Badges API (Open Badges 3.0, sections 6 and 7)."""

from passport.errors.base import Invalid


class MalformedServiceDescription(Invalid):
    code = "malformed_service_description"
    sentence = (
        "This platform does not say in the right way how to exchange badges with it. Is the address right?"
    )


class EndpointsApart(Invalid):
    """A token would go to another host than where the person signs in: the mix-up of RFC 9700, 4.4."""

    code = "badge_endpoints_apart"
    sentence = (
        "You would sign in at another place than the place that gets the permission. That is not safe, "
        "so nothing was asked for."
    )


class MalformedBadgeList(Invalid):
    code = "malformed_badge_list"
    sentence = "The platform did not send its list of badges in the right form. Nothing was kept."


class MalformedPaging(Invalid):
    code = "malformed_paging"
    sentence = (
        "The limit is a number from 1, offset a number from 0, and since a date and time with a time zone."
    )


class TooManyBadges(Invalid):
    """A platform may page for ever; a wallet does not."""

    code = "too_many_badges"
    sentence = "This platform has more badges for you than the wallet takes in one go. Nothing was kept."
