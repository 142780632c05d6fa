"""Lets nbgrader hand out the course's exercises and award the engine's points.

KeepStubs stands in for ClearSolutions when assignments are generated; AnyNotebook
and Judge stand in for everything that Autograde does with a submission.
"""

from .assign import KeepStubs
from .judge import Judge
from .reading import AnyNotebook

__all__ = ["AnyNotebook", "Judge", "KeepStubs"]
