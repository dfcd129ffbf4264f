"""Who does the work, and how much at a time."""

from multiprocessing import active_children
from os import getpid, kill
from signal import SIGKILL
from time import sleep

import pytest

from sitegen.runtime.executor import Job, PoolExecutor, SerialExecutor, Turn, in_chunks, turns


def doubled(numbers):
    """Double numbers: the work of a worker."""
    return [2 * number for number in numbers]


def test_a_turn_is_as_heavy_as_one_may_be():
    """Lists weigh more than articles; nothing is left out, and the order stays."""
    some = list(turns([1, 1, 20, 1, 3, 1], lambda item: item, 5))

    assert some == [[1, 1, 20], [1, 3, 1]]
    assert list(turns([], lambda _: 1, 5)) == []


def test_results_come_in_the_order_of_the_items_whoever_works():
    """Here, in processes, and in processes that begin anew."""
    job, numbers = Job(doubled, weight=lambda _: 1), list(range(250))

    here = list(SerialExecutor().map(job, numbers))
    with PoolExecutor(2, worth=1) as executor:
        there = list(executor.map(job, numbers))
    with PoolExecutor(2, worth=1, turn=Turn(items=10, weight=40)) as executor:
        in_turns = list(executor.map(job, numbers))

    assert here == there == in_turns == doubled(numbers)


def test_what_is_heavy_goes_one_by_one():
    """A part of the index takes seconds; two of them are worth two processes."""
    sizes = []

    def measured(items):
        sizes.append(len(items))
        return items

    assert list(SerialExecutor().map(Job(measured, is_heavy=True), [1, 2, 3])) == [1, 2, 3]
    assert sizes == [1, 1, 1]
    assert list(in_chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]


def at_home(numbers):
    """Tell which process this is: the work of a worker."""
    sleep(0.02)  # so that each has some of it
    return [getpid() for _ in numbers]


@pytest.mark.parametrize("which", [0, 1])
def test_an_idle_worker_may_be_killed(which):
    """One of the idle holds the lock on what comes next; the others would wait for it for ever, and we for them."""
    job, numbers = Job(at_home), list(range(200))
    with PoolExecutor(2, worth=1) as executor:
        workers = sorted(set(executor.map(job, numbers)))
        kill(workers[which], SIGKILL)
        executor.rest()
        others = set(executor.map(job, numbers))

    assert len(workers) == len(others) == 2
    assert others.isdisjoint(workers)
    assert not active_children()
