"""What generate_assignment does otherwise with the course's notebooks."""

from nbgrader.preprocessors import ClearSolutions, SaveCells
from nbgrader.utils import compute_checksum


class KeepStubs(ClearSolutions):
    """Leaves graded cells of exercises as they are, and clears a teacher's own.

    A graded cell that does not hold what was released there would hand an answer
    to everybody: that is an error.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        slug = cell.metadata.get("interleave", {}).get("exercise")
        if slug is None:
            return super().preprocess_cell(cell, resources, cell_index)
        if compute_checksum(cell) != cell.metadata.nbgrader.checksum:
            raise ValueError(
                f"The graded cell of {slug} holds something else than its stub, so the "
                "assignment was not made: release the notebook anew with interleave release."
            )
        return cell, resources


class SaveForEngine(SaveCells):
    """Puts a kernel into the gradebook that does not exist.

    nbgrader executes submissions on the kernel that the gradebook names. So it can
    execute none, should it ever run without this configuration.
    """

    def preprocess(self, nb, resources):
        kernelspec = nb.metadata.kernelspec
        nb.metadata.kernelspec = kernelspec | {"name": "graded-by-interleave"}
        nb, resources = super().preprocess(nb, resources)
        nb.metadata.kernelspec = kernelspec
        return nb, resources
