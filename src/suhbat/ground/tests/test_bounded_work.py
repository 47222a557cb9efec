"""Work of unknown size is ended when its time is over, and its exceptions reach the caller."""

import pytest

from suhbat.ground.bounded_work import TooMuchWorkError, run_within
from suhbat.ground.refusals import Refused, invalid


def add(first, second):
    return first + second


def refuse():
    raise invalid(file="This is no Word file.")


def never_ends():
    while True:
        pass


def fills_the_memory():
    return len(bytearray(3 * 1024**3))


def test_work_returns_its_result():
    assert run_within(10, add, 2, 3) == 5


def test_a_refusal_of_the_work_is_raised_here():
    with pytest.raises(Refused) as refusal:
        run_within(10, refuse)
    assert refusal.value.fields == {"file": "This is no Word file."}


@pytest.mark.parametrize("work", [never_ends, fills_the_memory])
def test_endless_work_is_ended_and_the_next_is_done(work):
    with pytest.raises(TooMuchWorkError):
        run_within(1, work)
    assert run_within(10, add, 1, 1) == 2
