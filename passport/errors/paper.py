"""Refusals of what is printed."""

from passport.errors.base import TooLarge


class CardTooLarge(TooLarge):
    code = "card_too_large"
    sentence = (
        "This credential is too large for a code on a card. "
        "Leave out skills where you can choose them, save it as a PDF certificate, or share it by a link."
    )
