"""Lets `python -m aligner` do what `aligner` does."""

import sys

from aligner.cli import main

sys.exit(main())
