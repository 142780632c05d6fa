"""What the lessons do with an event loop."""

import asyncio
import sys

SECOND = 0.02


async def ticks(name, pause, times):
    for tick in range(times):
        await asyncio.sleep(pause * SECOND)
        print(name, "tick", tick)
    return name


async def gather_three():
    done = await asyncio.gather(
        ticks("A", 1.0, 5), ticks("B", 2.0, 5), ticks("C", 1.5, 4)
    )
    print("done:", *done)


async def answer(name):
    await asyncio.sleep(SECOND)
    return name


async def gather_results():
    print("results", *await asyncio.gather(answer("a"), answer("b"), answer("c")))


EXAMPLES = {
    "gather-ticks": gather_three,
    "gather-ticks-virtual": gather_three,
    "gather-results": gather_results,
}

asyncio.run(EXAMPLES[sys.argv[1]]())
