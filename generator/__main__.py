"""`python -m generator` is `nohin`."""

import sys

from generator.cli import main

sys.exit(main())
