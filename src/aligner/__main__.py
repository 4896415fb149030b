"""Makes `python -m aligner` the same as `aligner`."""

import sys

from aligner.cli import main

sys.exit(main())
