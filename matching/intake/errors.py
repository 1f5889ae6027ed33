"""What intake refuses."""

from passport.errors import TooLarge


class FreeTextTooLong(TooLarge):
    code = "free_text_too_long"
    sentence = "This text is longer than what is read at once. Use a part of it."
