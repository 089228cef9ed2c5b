"""A second opinion: every report of the product worked out again from a star's files, in pandas and whole numbers.

Written from the design's words, not from the product's SQL. Money is counted in whole ten-thousandths.
"""

from oracle.choice import Choice
from oracle.figures import FIGURES, Figure
from oracle.world import World

__all__ = ["FIGURES", "Choice", "Figure", "World"]
