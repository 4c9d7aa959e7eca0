"""``python -m kawal.config.cli``: the command line where no script is installed."""

from kawal.config.cli import main

main()
