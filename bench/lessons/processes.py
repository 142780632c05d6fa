"""What the lessons do with processes."""

import multiprocessing
import sys
import time

SECOND = 0.02


def run_together(target, *arguments):
    children = [
        multiprocessing.Process(target=target, args=given) for given in arguments
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()


def count(first, last):
    for number in range(first, last + 1):
        print(number)


def nap(name):
    print(name, "lies down")
    time.sleep(SECOND)
    print(name, "is up")


def naps_not_joined():
    for i in range(5):
        multiprocessing.Process(target=nap, args=(f"worker {i}",)).start()


def primes(limit):
    found = [
        n
        for n in range(2, limit + 1)
        if all(n % divisor for divisor in range(2, int(n**0.5) + 1))
    ]
    print(len(found), "primes up to", limit)


def say_hello(queue):
    queue.put("hello")


def hello():
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=say_hello, args=(queue,))
    child.start()
    print(queue.get())
    child.join()


def put_number(number, queue):
    queue.put(number)


def five_numbers():
    queue = multiprocessing.Queue()
    run_together(put_number, *((number, queue) for number in range(5)))
    for _ in range(5):
        print(queue.get())


def visit(name, room):
    with room:
        nap(name)


def three_of_five():
    room = multiprocessing.Semaphore(3)
    run_together(visit, *((f"worker {i}", room) for i in range(5)))


def tick(name, pause):
    for number in range(5):
        time.sleep(pause * SECOND)
        print(name, "tick", number)


EXAMPLES = {
    "child-count": lambda: run_together(count, (0, 4), (0, 4)),
    "child-to-ten": lambda: run_together(count, (1, 10), (1, 10)),
    "two-child-naps": lambda: run_together(nap, ("worker 1",), ("worker 2",)),
    "naps-not-joined": naps_not_joined,
    "primes": lambda: run_together(primes, (10_000,), (20_000,), (30_000,)),
    "hello": hello,
    "five-numbers": five_numbers,
    "three-of-five": three_of_five,
    "ticks": lambda: run_together(tick, ("quick", 1), ("slow", 2)),
}

if __name__ == "__main__":
    EXAMPLES[sys.argv[1]]()
