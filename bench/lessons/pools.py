"""What the lessons do with pools of threads and processes."""

import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed

SECOND = 0.02


def square(n):
    return n * n


def squares(executor):
    with executor(max_workers=5) as pool:
        print("squares", *pool.map(square, range(10)))


def nap(number):
    time.sleep(SECOND)
    return number


def naps_as_completed():
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(nap, number) for number in range(4)]):
            print("done:", future.result())


def naps_mapped():
    with multiprocessing.Pool(2) as pool:
        print("naps", *pool.map(nap, range(4)))


def pipeline():
    data = list(range(1_000_000))
    quarter = len(data) // 4
    chunks = [data[at : at + quarter] for at in range(0, len(data), quarter)]
    with multiprocessing.Pool(4) as pool:
        print("total", sum(pool.map(sum, chunks)))


def count_primes(limit):
    return sum(
        all(n % divisor for divisor in range(2, int(n**0.5) + 1))
        for n in range(2, limit)
    )


def computing():
    with multiprocessing.Pool(4) as pool:
        print("primes", *pool.map(count_primes, [10_000] * 8))


EXAMPLES = {
    "thread-squares": lambda: squares(ThreadPoolExecutor),
    "process-squares": lambda: squares(ProcessPoolExecutor),
    "naps-as-completed": naps_as_completed,
    "naps-mapped": naps_mapped,
    "pipeline": pipeline,
    "computing": computing,
}

if __name__ == "__main__":
    EXAMPLES[sys.argv[1]]()
