"""The picture of a chain of proof: soft at the bottom, hard on top, what rests on what, and what fell."""

from passport.evidence.picture.draw import draw_chain

__all__ = ["draw_chain"]
