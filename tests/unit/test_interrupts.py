"""Ctrl+C, heard or not: sent as a terminal sends it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sitegen.errors import tool_error
from sitegen.runtime.interrupts import CAN_WAIT, deaf, end_as_told, unmasked

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

# Makes a folder again and again, with a Ctrl+C before the first step of it and of what it calls, the second, and so on to
# the last; prints how many steps there were. Ends with 1 as soon as a folder is left over.
EVERY_STEP = """
import os, signal, sys
from functools import partial
from shutil import rmtree
from tempfile import mkdtemp
from sitegen.runtime.interrupts import end_as_told, made

inside = sys.argv[1]
heard = signal.getsignal(signal.SIGINT)

def work():
    with made(partial(mkdtemp, dir=inside), rmtree) as folder:
        os.mkdir(os.path.join(folder, "inner"))

def is_interrupted_at(step):
    seen = 0

    def trace(frame, event, argument):
        nonlocal seen
        if event == "line":
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGINT)
        return trace

    sys.settrace(trace)
    try:  # not `suppress`: its steps would count
        work()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    return seen >= step

step = 1
while is_interrupted_at(step):
    end_as_told()
    signal.signal(signal.SIGINT, heard)
    if left := os.listdir(inside):
        sys.exit(f"interrupted at step {step}: {left}")
    step += 1
print(step)
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
    process = subprocess.run(  # one with a single thread: others of this one would hear for it
        [sys.executable, "-c", EVERY_STEP, tmp_path], capture_output=True, text=True, check=False, timeout=60
    )

    assert (process.returncode, process.stderr) == (0, "")
    assert int(process.stdout) > len(("make", "hold", "write", "unmake", "let go"))
