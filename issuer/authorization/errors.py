"""Refusals of the pages on which a learner gives permission."""

from passport.errors import Gone, Invalid, NotAllowed, RateLimited


class VisitOver(Gone):
    code = "visit_over"
    sentence = "This page was answered before, or stood open too long. Begin again in your wallet."


class AnotherBrowser(NotAllowed):
    code = "another_browser"
    sentence = "This page was opened in another browser. Begin again in your wallet."


class TooManyPermissionsBegun(RateLimited):
    code = "too_many_permissions_begun"
    sentence = "Permission was asked for here too often. Wait half an hour, and begin again."


class NoOfferChosen(Invalid):
    code = "no_offer_chosen"
    sentence = "Choose at least one credential."
