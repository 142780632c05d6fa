"""Submissions that hold no notebook of their assignment."""

from fnmatch import fnmatch
from glob import glob
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from .engine import EngineFault
from .judge import void

_found, _begin = Autograde.init_notebooks, Autograde.init_destination


def tell_of_missing():
    """Has Autograde end with an error for a folder without a notebook of its own.

    A notebook under another name ("day-03 (1).ipynb") counts as none. nbgrader alone
    passes such a folder over, and an earlier submission keeps its points. It has no
    hook where it does so.
    """
    Autograde.init_notebooks, Autograde.init_destination = _find_all, _begin_with_any


def _find_all(self):
    """Autograde.init_notebooks, with the folders that hold no notebook at all."""
    wanted = self.coursedir
    folders = glob(self._format_source(wanted.assignment_id, wanted.student_id))
    try:
        _found(self)
    except NbGraderException:
        if not folders:
            raise
    for folder in folders:
        self.assignments.setdefault(folder, [])


def _begin_with_any(self, assignment_id, student_id):
    """Autograde.init_destination, for folders in which there is something to grade."""
    if student_id not in self.coursedir.student_id_exclude.split(","):
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            _refuse_none(self, gradebook, assignment_id, student_id)
    return _begin(self, assignment_id, student_id)


def _refuse_none(autograde, gradebook, assignment, student):
    try:
        released = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return  # nbgrader says so
    names = [each.name for each in released]
    names = [name for name in names if fnmatch(name, autograde.coursedir.notebook_id)]
    there = sorted(Path(path).stem for path in autograde.notebooks)
    if not names or set(names) & set(there):
        return
    for name in names:
        try:
            void(gradebook, name, assignment, student)
        except MissingEntry:
            pass  # it never had points
    folder = autograde._format_source(assignment, student)
    instead = ", ".join(f"{name}.ipynb" for name in there) or "no notebook at all"
    raise EngineFault(
        f"{folder} holds {instead} in the place of {' and '.join(names)}.ipynb, so nothing "
        "is awarded: give the answer that name, and grade again"
    )
