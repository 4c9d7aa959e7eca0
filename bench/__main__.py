"""Runs every figure, one after the other: ``make bench``, or ``python -m bench memory``."""

import argparse
import subprocess
import sys

FIGURES = (
    "peer_checks",
    "checks_rate",
    "alert_latency",
    "memory",
    "wall_paint",
    "screens",
    "trail",
    "component_save",
    "reservations",
    "ledger_post",
    "new_version",
    "false_down",
    "heartbeats",
    "code_search",
    "xlsx",
    "dpa_pdf",
)


def main() -> int:
    """Run the chosen figures; one that cannot be measured says so and the others go on."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("figures", nargs="*", choices=[[], *FIGURES], metavar="FIGURE")
    chosen = arguments.parse_args().figures or FIGURES
    failed = [
        name
        for name in chosen
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    ]
    for name in failed:
        print(f"{name}: could not be measured (see above)", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
