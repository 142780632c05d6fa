"""Answers the benchmark's requests: see bench/answer, its twin in Go."""

import sys
import time


def each(f):
    """A case that calls f n times."""

    def run(n):
        began = time.perf_counter_ns()
        for _ in range(n):
            f()
        return n, time.perf_counter_ns() - began

    return lambda: run


def batches(size, f):
    """A case that calls f, which does something size times, often enough for n times."""

    def run(n):
        count = -(-n // size)
        began = time.perf_counter_ns()
        for _ in range(count):
            f()
        return count * size, time.perf_counter_ns() - began

    return lambda: run


def serve(cases):
    """Answers "NAME N" on standard input until its end; `cases` makes them by name."""
    made = {}
    for request in sys.stdin:
        name, n = request.split()
        if name not in made:
            made[name] = cases[name]()
        times, took = made[name](int(n))
        print("ok", times, took, flush=True)
