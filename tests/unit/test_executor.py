"""Who does the work, and how much at a time."""

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
