"""When a code is mailed: at no moment that whoever asked for it could know.

The page is answered first. What somebody asks next would wait a little for the work of a mail, and so tell
whether the school knows the address.
"""

import asyncio
import random

_A_WHILE = (0.2, 1.2)
"""Seconds; many times what a mail takes."""


async def a_while() -> None:
    await asyncio.sleep(random.uniform(*_A_WHILE))  # noqa: S311  # nothing is kept secret by it
