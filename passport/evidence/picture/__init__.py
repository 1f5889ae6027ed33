"""The picture of a chain of proof: soft at the bottom, hard on top, what rests on what, and what fell."""

from passport.evidence.picture.draw import MOST, draw_chain
from passport.evidence.picture.words import Told, tell_chain

__all__ = ["MOST", "Told", "draw_chain", "tell_chain"]
