"""What the wallet refuses about its own keys, and about which credentials go together.

PassportError
└── NotAllowed     HolderNotNamed HoldersMixed NotInPresentations
"""

from passport.errors import NotAllowed


class HolderNotNamed(NotAllowed):
    code = "holder_not_named"
    sentence = "This is made out to a key that is not in this wallet."


class HoldersMixed(NotAllowed):
    code = "holders_mixed"
    sentence = (
        "These credentials are bound to different keys of this wallet, so they can't be shown together. "
        "Show them one after the other."
    )


class NotInPresentations(NotAllowed):
    code = "not_in_presentations"
    sentence = (
        "This credential names a key and no person, so it can't be shown as a QR code. "
        "Show it to somebody who asks for it online."
    )
