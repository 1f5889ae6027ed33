"""Pictures of a match as SVG: two sets and what they share, near work by distance, skills over the years.

Made for a phone: 360 units wide. Nothing is said by colour alone, a screen reader gets the same as sentences,
and the colours follow the page, light or dark.
"""

from matching.pictures.near import Near, draw_near
from matching.pictures.sets import draw_overlap
from matching.pictures.years import SkillYears, draw_years

__all__ = ["Near", "SkillYears", "draw_near", "draw_overlap", "draw_years"]
