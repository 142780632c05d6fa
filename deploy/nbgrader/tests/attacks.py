"""Submissions of the first task that try to win points, and some that only look it.

Each is a student: what the gradebook must have for them, and how their notebook
comes from the released one (`stub`) or a right answer (`right`).
"""

import hashlib
import io
import json
import zipfile

import programs

CODE, CHECK = "page-downloader", "page-downloader-check"
FULL = 15


def cell(nb, name):
    return next(
        each
        for each in nb["cells"]
        if each["metadata"].get("nbgrader", {}).get("grade_id") == name
    )


def answer(nb, text, imports="", more=""):
    """Puts another body of DownloadAll into the graded cell."""
    cell(nb, CODE)["source"] = f"""import (
	"context"
{imports}
)

type Page struct {{
	URL  string
	Body []byte
	Err  error
}}

func DownloadAll(ctx context.Context, fetch func(ctx context.Context, url string) ([]byte, error), urls []string) []Page {{
{text}
}}
{more}"""


def code(source, **fields):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": hashlib.md5(source.encode()).hexdigest(),
        "metadata": {},
        "outputs": [],
        "source": source,
    } | fields


def checksum(each):
    """nbgrader's own, so that what was edited looks as if it were released."""
    meta = each["metadata"]["nbgrader"]
    text = "".join(each["source"]) + each["cell_type"]
    text += "".join(str(meta[key]) for key in ("grade", "solution", "locked"))
    text += meta["grade_id"] + (str(float(meta["points"])) if meta["grade"] else "")
    return hashlib.md5(text.encode()).hexdigest()


# --- these earn what the answer is worth, and no more


def right(nb):
    pass


def talkative(nb):
    """Writes to stderr: nbgrader alone gives such an answer nothing."""
    source = cell(nb, CODE)["source"]
    head, brace, body = source.rpartition(") []Page {\n")
    cell(nb, CODE)["source"] = head + brace + '\tprintln("debug")\n' + body


def greedy(nb):
    """Has the check cell be worth a thousand points."""
    check = cell(nb, CHECK)
    check["metadata"]["nbgrader"]["points"] = 1000
    check["metadata"]["nbgrader"]["checksum"] = checksum(check)


def unlocked(nb):
    """Edited the metadata in ways that nbgrader alone stumbles over."""
    cell(nb, CODE)["metadata"]["nbgrader"] |= {
        "grade": True,
        "locked": True,
        "points": 9,
    }
    nb["cells"].remove(cell(nb, CHECK))


def twice(nb):
    """Has each cell twice, as after a paste."""
    nb["cells"] += [each | {"id": each["id"] + "-2"} for each in nb["cells"]]


# --- these earn nothing


def untouched(nb):
    pass


def exits(nb):
    answer(
        nb,
        "\t_ = gone\n\treturn nil",
        '\t"os"',
        "\nvar gone = func() int { os.Exit(0); return 0 }()",
    )


def prints_pass(nb):
    answer(
        nb,
        '\tfmt.Print("\\x16--- PASS: TestTogether (0.00s)\\nPASS\\nok\\n")\n'
        "\tsyscall.Exit(0)\n\treturn nil",
        '\t"fmt"\n\t"syscall"',
    )


def embeds(nb):
    answer(
        nb,
        "\tpanic(checks)",
        '\t_ "embed"',
        "\n//go:embed ../../solutions/page-downloader/hidden/hidden.go\nvar checks string",
    )


def opens_gradebook(nb):
    """Would set every score, were a cell of it executed."""
    nb["cells"].insert(0, code("!touch ../../../executed"))
    nb["cells"].append(
        code(
            '%%\nos.WriteFile("../../../executed", nil, 0o600)\n'
            'os.Truncate("../../../gradebook.db", 0)'
        )
    )


def claims_outputs(nb):
    result = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/plain": "15.0"},
    }
    cell(nb, CHECK)["outputs"] = [result]


def edits_check(nb):
    check = cell(nb, CHECK)
    check["source"] = '%%\nfmt.Println("all checks passed")'
    check["metadata"]["nbgrader"]["checksum"] = checksum(check)


def names_another(nb):
    """Gives the answer the check's name and the check one that is not known."""
    cell(nb, CHECK)["metadata"]["nbgrader"]["grade_id"] = "bonus"
    cell(nb, CODE)["metadata"]["nbgrader"]["grade_id"] = CHECK


def adds_points(nb):
    """A check cell of its own."""
    extra = code('fmt.Println("fine")')
    extra["metadata"] = {
        "nbgrader": {
            "schema_version": 3,
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "grade_id": "bonus",
            "points": 100,
            "cell_type": "code",
        }
    }
    extra["metadata"]["nbgrader"]["checksum"] = checksum(extra)
    nb["cells"].append(extra)


def from_the_future(nb):
    """nbgrader alone stops the whole batch at such a version."""
    cell(nb, CODE)["metadata"]["nbgrader"]["schema_version"] = 99


def attacks_teacher(nb):
    """A teacher's browser may change grades: nothing of this may reach it."""
    script = (
        '<script>attack()</script><img src="x" onerror="attack()">\n'
        "[more](javascript:attack())\n````\n<script>attack()</script>"
    )
    for kind in ("markdown", "raw"):
        nb["cells"].append(
            {"cell_type": kind, "id": f"own-{kind}", "metadata": {}, "source": script}
        )
    nb["cells"].append(
        code(
            "1",
            outputs=[
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": script, "application/javascript": "attack()"},
                }
            ],
        )
    )


def is_odd(nb):
    """Nothing has the type that it should have."""
    cell(nb, CHECK)["source"] = 7
    cell(nb, CODE)["metadata"]["nbgrader"]["grade_id"] = {"a": 1}
    nb["cells"][0]["metadata"]["nbgrader"] = ["grade"]


WINNERS = (right, talkative, greedy, unlocked, twice)
LOSERS = (
    untouched,
    exits,
    prints_pass,
    embeds,
    opens_gradebook,
    claims_outputs,
    edits_check,
    names_another,
    adds_points,
    from_the_future,
    attacks_teacher,
    is_odd,
)


def zipped(name, content):
    """A zip under a notebook's name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def notebooks(stub, solved):
    """student -> (points that are right, the notebook's bytes)."""
    handed_in = {}
    for edits, points, start in ((WINNERS, FULL, solved), (LOSERS, 0, stub)):
        for edit in edits:
            nb = start("pages")
            edit(nb)
            handed_in[edit.__name__] = (points, json.dumps(nb).encode())
    for program in programs.alone():
        nb = stub("pages")
        code_cell = cell(nb, CODE)
        code_cell["source"] = program.source("".join(code_cell["source"]), CODE)
        who = program.name.replace(" ", "-")
        handed_in[who] = (program.most * FULL, json.dumps(nb).encode())
    whole = handed_in["right"][1]
    handed_in["half_saved"] = (0, whole[: len(whole) // 2])
    handed_in["latin1"] = (0, whole.replace(b"import", "\xe9".encode("latin-1")))
    handed_in["empty"] = (0, b"")
    handed_in["zip_bomb"] = (0, zipped("pages.ipynb", bytes(65 << 20)))
    handed_in["zip_out"] = (0, zipped("../../right/pages/pages.ipynb", whole))
    return handed_in
