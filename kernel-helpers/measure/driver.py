"""Runs a script when it is asked to, and answers how long that took.

usage: driver.py SCRIPT [ARGUMENT...]
A line on standard input is how many times to run it; a line on descriptor 3 is
the answer, in nanoseconds. The first answer says which Python this is.
"""

import ast
import os
import platform
import sys
import time
import traceback
import types


def drive():
    sys.argv = sys.argv[1:]
    path = sys.argv[0]
    with open(path) as file:
        source = file.read()
    code = compile(source, path, "exec")

    os.set_inheritable(3, False)
    answers = os.fdopen(3, "w", buffering=1)
    asks = os.fdopen(os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the script reads nothing

    # Its own main module: processes that it spawns import the script from there.
    main = types.ModuleType("__main__")
    main.__file__ = path
    sys.modules["__main__"] = main

    def work():
        exec(code, main.__dict__)  # noqa: S102 - the script is what is measured

    if any(
        isinstance(s, ast.FunctionDef) and s.name == "work"
        for s in ast.parse(source).body
    ):
        work()
        work = main.work

    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    answers.write(
        f"{platform.python_version()}, {'with' if has_gil else 'without'} the GIL\n"
    )
    clock = time.perf_counter_ns
    for line in asks:
        times = range(int(line))
        began = clock()
        for _ in times:
            work()
        answers.write(f"{clock() - began}\n")


try:
    drive()
except Exception as error:  # noqa: BLE001 - whatever the script raises
    # Not the driver's own lines: the script's.
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename == "<string>":
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
    sys.exit(1)
