"""The command line: parse, call one function, print.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 findings (or
nothing found), 2 an error that the user can put right, 130 interrupted.
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
import time
import warnings
from collections.abc import Sequence
from io import TextIOWrapper
from threading import current_thread, main_thread

from aligner.cli.notes import note
from aligner.errors import AlignerError

_IMPATIENCE = 1.0  # seconds within which further Ctrl-C are ignored
_SHOWN = 60  # characters of a name that is too long for a file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _use_one_thread()
    _use_utf8()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries say to programmers
    try:
        from aligner.cli.parser import make_parser  # takes a while, in which Ctrl-C may be pressed

        options = make_parser().parse_args(arguments)
        _take_one_interrupt()
        code: int = options.command(options)
        sys.stdout.flush()
        return code
    except AlignerError as error:
        note(str(error))
        return 2
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all that is left is short
        note("interrupted; what is done so far is kept")
        return 130
    except MemoryError:
        note("there is not enough memory for this; close other programs, or give it less at a time")
        return 2
    except BrokenPipeError:  # the reader (head, less) has stopped
        _drop_output()
        return 0
    except OSError as error:  # standard output on a full disk, say
        said = f"{error.strerror or error}: {error.filename or 'the output'}"
        if error.errno == errno.ENAMETOOLONG:
            name = f"{error.filename}"[:_SHOWN]
            said = f"{name}…: no file can have such a long name; give another one"
        note(said)
        _drop_output()
        return 2
    finally:  # what libraries tidy up at the end, a Ctrl-C would interrupt with a trace
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)


def _take_one_interrupt() -> None:
    """Take several Ctrl-C within a second for one: a second one would interrupt the message."""
    last = -_IMPATIENCE

    def interrupt(*_: object) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _IMPATIENCE:
            last = now
            raise KeyboardInterrupt

    usual = (signal.default_int_handler, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) in usual and current_thread() is main_thread():
        signal.signal(signal.SIGINT, interrupt)


def _drop_output() -> None:
    """Send buffered output nowhere, so that flushing it at exit raises nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _use_one_thread() -> None:
    """Have NumPy multiply in one thread, unless the user asks for more.

    Several would wait for each other beside the encoder, which has all cores, and beside other
    programs: the products are so small that this takes several times as long as they do. OpenBLAS
    reads the variable when NumPy is first imported, which is later.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _use_utf8() -> None:
    """Make output UTF-8: Windows would fail on Vietnamese, and a closed stream on anything."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
