"""Pins the requirements anew into the locks: hashed, for every platform, without addresses."""

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).parent / "uv"
COMMON = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--universal", "--quiet"]
COMMON += ["--python-version", "3.11", "--upgrade"]
LOCKS = (
    ["pyproject.toml", "--group", "build", "-o", "requirements.lock"],
    ["pyproject.toml", "--group", "build", "--group", "dev", "-c", "requirements.lock"],
    ["requirements-uv.in", "--no-annotate", "-o", "requirements-uv.lock"],
)
LOCKS[1].extend(["-o", "requirements-dev.lock"])

for lock in LOCKS:
    subprocess.run([UV, "pip", "compile", *lock, *COMMON], check=True)
    print(lock[-1])
