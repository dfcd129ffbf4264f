"""Ctrl+C, heard or not: sent as a terminal sends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from types import FrameType

import pytest

from sitegen.errors import tool_error
from sitegen.runtime.interrupts import CAN_WAIT, deaf, end_as_told, made, unmasked

pytestmark = pytest.mark.skipif(not CAN_WAIT, reason="a signal cannot wait here")

# Runs the gate until it has been interrupted so many times; ends with 1 as soon as it gives other markup.
GATE = """
import sys
from sitegen.clean.gate import gate
markup = "<p>" + '<a href="https://www.korea.kr/">x</a>' * 300 + "</p>"
expected = gate(markup)
for interrupt in range(25):
    print("ready", flush=True)
    try:
        while True:
            if gate(markup) != expected:
                sys.exit("an attribute was lost")
    except KeyboardInterrupt:
        pass
"""


def test_what_comes_meanwhile_is_heard_afterwards() -> None:
    """It must neither break off what may not be broken off, nor be lost."""
    done = []

    def work() -> None:
        with deaf():
            signal.raise_signal(signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        work()

    assert done == ["all"]


def test_what_an_error_has_covered_is_heard() -> None:
    """`shutil.rmtree` closes a descriptor twice when it is broken off between: the error is none of the disk's."""
    disk = OSError(9, "Bad file descriptor")

    def clean_up() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            raise disk

    def build() -> None:
        try:
            clean_up()
        except OSError as error:
            raise tool_error("TOOL001", "_site", str(error)) from error

    with pytest.raises(KeyboardInterrupt), unmasked():
        build()
    with pytest.raises(OSError, match="disk"), unmasked():
        raise OSError("disk")


def test_ctrl_c_in_the_gate_loses_no_attribute() -> None:
    """nh3 passes over an exception of the filter and drops the attribute: a link would be gone, the build going on."""
    with subprocess.Popen(
        [sys.executable, "-c", GATE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for number, _ in enumerate(process.stdout):
            time.sleep(0.02 + number % 7 / 3000)
            process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read()

    assert (process.returncode, said) == (0, "")


def interrupted_at(step: int, work: Callable[[], None]) -> bool:
    """Send this process a Ctrl+C before the n-th line of `work` and what it calls; return whether it came to that."""
    seen = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., object]:
        nonlocal seen
        if event == "line":
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGINT)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:  # not `suppress`: its steps would count
        work()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
    return seen >= step


def test_who_hears_nobody_any_more_goes_on_so_to_the_end() -> None:
    """All is done by then, and a shell's job in the background never heard."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        end_as_told()
        ignored = signal.getsignal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, heard)

    assert ignored is signal.SIG_IGN


def test_whatever_step_a_signal_comes_at_nothing_outlives_the_process(tmp_path: Path) -> None:
    """A `with` alone loses what is made or unmade just then."""

    def work() -> None:
        with made(partial(mkdtemp, dir=tmp_path), rmtree) as folder:
            Path(folder, "inner").mkdir()

    heard = signal.getsignal(signal.SIGINT)
    step = 1
    try:
        while interrupted_at(step, work):
            end_as_told()
            signal.signal(signal.SIGINT, heard)
            assert (step, list(tmp_path.iterdir())) == (step, [])
            step += 1
    finally:
        signal.signal(signal.SIGINT, heard)

    assert step > len(("make", "hold", "write", "unmake", "let go"))
