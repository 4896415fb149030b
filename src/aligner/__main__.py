"""The program `aligner`, which `python -m aligner` starts as well."""

import signal
import sys

# Until `main` catches Ctrl-C, it ends the program at once. A trace of imports would help nobody.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from aligner.cli import main

if __name__ == "__main__":
    sys.exit(main())
