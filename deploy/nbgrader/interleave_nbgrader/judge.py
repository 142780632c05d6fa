"""Autograde's points, out of the engine."""

import os
import re
from pathlib import Path

from nbformat import v4
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer, Unicode

from .engine import Engine, EngineFault
from .release import Release

_CHECK = re.compile(r'check\.Exercise\("([a-z0-9-]+)"\)')


class Judge(NbGraderPreprocessor):
    """Puts the engine's verdicts on a submission where nbgrader reads points.

    The submission's cells are not executed. A submission that cannot be judged,
    for a reason that is not its own, ends with an error, and what points it had
    are void until it is graded again.
    """

    command = Unicode(
        str(Path(__file__).resolve().parents[3] / "bin" / "interleave"),
        help="The interleave command.",
    ).tag(config=True)
    solutions = Unicode(
        "", help="Folder of the solutions and hidden checks, if not the clone's."
    ).tag(config=True)
    timeout = Integer(
        600, help="Seconds after which a judgement has failed that did not come."
    ).tag(config=True)

    def preprocess(self, nb, resources):
        own = resources["nbgrader"]
        place = (own["notebook"], own["assignment"])
        with Gradebook(own["db_url"]) as gradebook:
            void(gradebook, *place, own["student"])
            release = Release(gradebook.find_notebook(*place))
        path = Path(resources["metadata"]["path"], f"{own['notebook']}.ipynb")
        _refuse_links(path.parent)
        engine = Engine(self.command, self.solutions, self.timeout)
        verdicts = engine.judge(path.resolve())
        nb = release.filled(nb)
        for cell in nb.cells:
            meta = cell.metadata.get("nbgrader", {})
            if meta.get("grade") and not meta["solution"] and cell.cell_type == "code":
                cell.outputs = _outputs(cell.source, meta["points"], verdicts)
        return nb, resources


def void(gradebook, notebook, assignment, student):
    """Takes back what the engine awarded before; a teacher's own points stay."""
    submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    for grade in submitted.grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    gradebook.db.commit()


def _refuse_links(folder):
    """nbgrader copies what links point to, and hands it back with the feedback."""
    for parent, folders, files in os.walk(folder):
        for name in folders + files:
            path = Path(parent, name)
            if path.is_symlink():
                raise EngineFault(
                    f"{path} is a link, which may point at what is not the learner's: "
                    "remove it, and grade again"
                )


def _outputs(source, points, verdicts):
    """Outputs of a check cell by which nbgrader gives it the engine's points.

    Its rule (nbgrader.utils.determine_grade): a number as the result is the
    points, an error is none, and anything else is all of them.
    """
    named = _CHECK.search(source)
    if named is None:
        return [
            v4.new_output(
                "error",
                ename="NotJudged",
                evalue="no exercise of the course",
                traceback=["This cell was not executed: give its points by hand."],
            )
        ]
    verdict = verdicts.of(named[1], points)
    return [
        v4.new_output("stream", name="stdout", text=verdict.text),
        v4.new_output("execute_result", data={"text/plain": str(verdict.points)}),
    ]
