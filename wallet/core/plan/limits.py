"""The limits of plans in a wallet, named, with their reasons."""

CATALOGUES = 16
"""Catalogues of modules: the schools and companies of a region that somebody would travel to."""
PLANS = 16
"""Plans that are kept at once."""
ITEMS = 64
"""Parts of one plan; the largest occupation has some forty needed skills."""
EVENTS = 2_000
"""Steps that are counted, where the person switched that on."""
TEXT = 300
"""Characters of what the person writes with a part."""
REMIND_DAYS = 14
"""Days before something begins: time to register for it."""
