"""Lets nbgrader hand out the course's exercises and award the engine's points.

KeepStubs and SaveForEngine stand in for ClearSolutions and SaveCells when assignments
are generated; AnyNotebook and Judge stand in for everything that Autograde does with a
submission, and tell_of_missing has it say when there is none.
"""

from .assign import KeepStubs, SaveForEngine
from .judge import Judge
from .missing import tell_of_missing
from .reading import AnyNotebook

__all__ = ["AnyNotebook", "Judge", "KeepStubs", "SaveForEngine", "tell_of_missing"]
