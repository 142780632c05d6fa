"""Processes, pools of them, queues and semaphores between them, as Python has them."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

from answer import batches, each, serve

fork = multiprocessing.get_context("fork")
spawn = multiprocessing.get_context("spawn")


def nothing(*_):
    return None


def start_and_join(context):
    def once():
        process = context.Process(target=nothing)
        process.start()
        process.join()

    return each(once)


def executor_map():
    pool = ProcessPoolExecutor(max_workers=2, mp_context=fork)
    items = range(500)
    return batches(len(items), lambda: list(pool.map(nothing, items)))()


def pool_map():
    pool = fork.Pool(2)
    items = range(500)
    return batches(len(items), lambda: pool.map(nothing, items, chunksize=1))()


def echo_queue(requests, answers):
    while True:
        answers.put(requests.get())


def queue_round_trip():
    requests, answers = fork.Queue(), fork.Queue()
    fork.Process(target=echo_queue, args=(requests, answers), daemon=True).start()

    def once():
        requests.put(1)
        answers.get()

    return each(once)()


def echo_pipe(end):
    while True:
        end.send(end.recv())


def pipe_round_trip():
    here, there = fork.Pipe()
    fork.Process(target=echo_pipe, args=(there,), daemon=True).start()

    def once():
        here.send(1)
        here.recv()

    return each(once)()


def count(messages, counts, done):
    while True:
        for _ in range(counts.get()):
            messages.get()
        done.put(None)


def throughput(size):
    def make():
        messages, counts, done = fork.Queue(), fork.Queue(), fork.Queue()
        fork.Process(target=count, args=(messages, counts, done), daemon=True).start()
        message = bytes(size)

        def run(n):
            counts.put(n)
            began = time.perf_counter_ns()
            for _ in range(n):
                messages.put(message)
            done.get()
            return n, time.perf_counter_ns() - began

        return run

    return make


def semaphore():
    semaphore = fork.Semaphore(3)

    def once():
        semaphore.acquire()
        semaphore.release()

    return each(once)()


if __name__ == "__main__":  # a spawned child runs this file again
    serve(
        {
            "fork": start_and_join(fork),
            "spawn": start_and_join(spawn),
            "executor-map": executor_map,
            "pool-map": pool_map,
            "queue": queue_round_trip,
            "pipe": pipe_round_trip,
            "small": throughput(16),
            "large": throughput(1 << 20),
            "semaphore": semaphore,
        }
    )
