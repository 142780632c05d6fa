"""What nbgrader needs for a course whose points the engine awards.

A course's own nbgrader_config.py loads this file (interleave release writes it).
nbgrader's commands and formgrader's buttons all follow it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from interleave_nbgrader import (
    AnyNotebook,
    Judge,
    KeepStubs,
    SaveForEngine,
    tell_of_missing,
)
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import (
    AssignLatePenalties,
    ClearSolutions,
    SaveAutoGrades,
    SaveCells,
)

c = get_config()  # noqa: F821 # traitlets defines it

c.ClearSolutions.code_stub = {"go": '// YOUR CODE HERE\npanic("not written yet")'}
instead = {ClearSolutions: KeepStubs, SaveCells: SaveForEngine}
c.GenerateAssignment.preprocessors = [
    instead.get(each, each)
    for each in GenerateAssignment.class_traits()["preprocessors"].default()
]

# Nothing that was handed in is executed, and nothing of it is believed: the cells
# that count come out of the gradebook, their points out of the engine.
c.Autograde.exporter_class = AnyNotebook
c.Autograde.sanitize_preprocessors = [Judge]
c.Autograde.autograde_preprocessors = [SaveAutoGrades, AssignLatePenalties]
tell_of_missing()
