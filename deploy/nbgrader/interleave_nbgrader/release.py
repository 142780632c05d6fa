"""The released form of a notebook, filled with what a learner wrote."""

import re

from nbformat import v4


class Release:
    """A notebook as generate_assignment put it down in the gradebook."""

    def __init__(self, notebook):
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
        grades = {cell.name: cell.max_score for cell in notebook.grade_cells}
        self.cells = {}  # grade_id -> (source, locked, the cell without its source)
        for cell in notebook.source_cells:
            meta = {
                "schema_version": 3,
                "grade_id": cell.name,
                "grade": cell.name in grades,
                "solution": cell.name in solutions,
                "locked": cell.locked,
                "task": cell.name in tasks,
                "cell_type": cell.cell_type,
                "checksum": cell.checksum,
            }
            for points in (grades, tasks):
                if cell.name in points:
                    meta["points"] = points[cell.name]
            self.cells[cell.name] = (cell.source, cell.locked, meta)

    def filled(self, submitted):
        """Returns the notebook with the text of the submitted one's cells.

        Of those, nothing else is taken over: no outputs, no metadata, no
        attachments. Locked cells are the release's, a cell that is there twice
        counts where it stands last, and one that is missing is put at the end.
        """
        nb = v4.new_notebook(metadata={"language_info": {"name": "go"}})
        missing = dict(self.cells)
        for cell in reversed(submitted.cells):
            kind, source, name = _parts(cell)
            if name in missing:
                nb.cells.append(_released(*missing.pop(name), source))
            else:
                nb.cells.append(_cell(kind, source))
        nb.cells.reverse()
        nb.cells += [_released(*cell, cell[0]) for cell in missing.values()]
        return nb


def _released(released, locked, meta, source):
    kind = meta["cell_type"]
    if locked or source == released:
        cell = _NEW[kind](released)
    else:
        cell = _cell(kind, source)
    cell.metadata.nbgrader = dict(meta)
    return cell


_NEW = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell}


def _cell(kind, source):
    """A cell with a learner's text.

    What is not code is quoted: formgrader shows Markdown and raw cells with all the
    HTML in them, and the browser that shows it may change grades.
    """
    if kind == "code":
        return v4.new_code_cell(source)
    fence = "`" * max(4, 1 + max(map(len, re.findall("`+", source)), default=0))
    return v4.new_markdown_cell(f"{fence}text\n{source}\n{fence}")


def _parts(cell):
    """The cell's type, its text and the grade_id that it claims, whatever it holds."""
    cell = cell if isinstance(cell, dict) else {}
    kind, source = cell.get("cell_type"), cell.get("source")
    meta = cell.get("metadata")
    for key in ("nbgrader", "grade_id"):
        meta = meta.get(key) if isinstance(meta, dict) else None
    return (
        "code" if kind == "code" else "markdown",
        source if isinstance(source, str) else "",
        meta if isinstance(meta, str) else None,
    )
