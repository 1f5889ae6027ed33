"""Refusals of the Open Badges API (Open Badges 3.0, sections 6 and 7)."""

from passport.errors.base import Invalid


class MalformedServiceDescription(Invalid):
    code = "malformed_service_description"
    sentence = (
        "The platform's description of its badge service is not in the form that Open Badges 3.0 asks for."
    )


class EndpointsApart(Invalid):
    """A token would go to another host than where the person signs in: the mix-up of RFC 9700, 4.4."""

    code = "badge_endpoints_apart"
    sentence = (
        "The platform's addresses for signing in and for badges are on different hosts. That is not safe."
    )


class MalformedBadgeList(Invalid):
    code = "malformed_badge_list"
    sentence = "The platform's list of badges is not in the form that Open Badges 3.0 asks for."


class MalformedPaging(Invalid):
    code = "malformed_paging"
    sentence = "limit is a number from 1, offset a number from 0, and since a date and time with a time zone."


class TooManyBadges(Invalid):
    """A platform may page for ever; a wallet does not."""

    code = "too_many_badges"
    sentence = "The platform has more badges for you than the wallet takes in one go."
