"""``python -m coaxle`` is ``coaxle``."""

from coaxle.cli.main import run

run()
