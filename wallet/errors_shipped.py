"""What goes wrong with trust lists that are to come with a wallet.

PassportError
├── Invalid    ShippedListEnded
└── TooLarge   ShippedListsTooLarge
"""

from passport.errors import Invalid, TooLarge


class ShippedListEnded(Invalid):
    code = "shipped_list_ended"
    sentence = "A trust list for the new wallets is past its last day. Ask its publisher for the newest one."


class ShippedListsTooLarge(TooLarge):
    code = "shipped_lists_too_large"
    sentence = "The trust lists for the new wallets are too large together. Take fewer, or smaller ones."
