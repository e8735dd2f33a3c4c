"""``python -m assistant.cli`` is the same as ``policy-assistant``."""

import sys

from assistant.cli import main

sys.exit(main())
