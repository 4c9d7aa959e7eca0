"""Makes .venv from the locked requirements, with nothing but Python, and only when they changed.

    python3 tools/environment.py run    what the product needs
    python3 tools/environment.py dev    and what checks it

uv installs in seconds; where it cannot be had, pip does the same in a minute or two.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / (os.environ.get("VENV") or ".venv")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
BIN = VENV / "bin"


def main(kind: str) -> None:
    """Bring .venv up to date for ``run`` or ``dev``."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever calls this may be older
        sys.exit(f"Kawal needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    _bring_up_to_date(kind)
    _compile_catalogues()


def _bring_up_to_date(kind: str) -> None:
    wanted = _fingerprint(kind)
    stamp = VENV / "kawal-requirements"
    have = stamp.read_text() if stamp.exists() and _is_whole() else ""
    if wanted in have or (kind == "run" and _fingerprint("dev") in have):
        return
    print(f"Making the environment in {VENV} (once; again only when the requirements change)")
    stamp.unlink(missing_ok=True)
    if not _is_whole():
        _make_venv()
    _install(ROOT / LOCKS[kind])
    stamp.write_text(wanted + "\n")


def _compile_catalogues() -> None:
    """Compile what is translated, for processes that may not write beside the code."""
    for source in ROOT.glob("src/kawal/**/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            _run([BIN / "python", "-m", "kawal.ui.catalogues", "compile"])
            return


def _fingerprint(kind: str) -> str:
    """Return what .venv is made from: the lock, the manifest's entry points, Python, the place."""
    parts = [(ROOT / LOCKS[kind]).read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts += [sys.version.encode(), str(ROOT).encode()]
    return f"{kind} {hashlib.sha256(b'|'.join(parts)).hexdigest()}"


def _is_whole() -> bool:
    """Tell whether .venv is there and its Python runs (it may have been copied or upgraded)."""
    try:
        made_of: list[str | Path] = [BIN / "python", "-c", "import sys; print(sys.version)"]
        said = subprocess.run(made_of, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return said.strip() == sys.version and (BIN / "pip").exists()


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "This Python cannot make virtual environments (ensurepip is missing); on Debian and "
            "Ubuntu: apt-get install python3-venv"
        )


def _install(lock: Path) -> None:
    if _has_uv():
        tool: list[str | Path] = [BIN / "uv", "pip", "install", "--python", BIN / "python"]
    else:
        print("uv cannot be had; pip does it, which takes longer")
        tool = [BIN / "python", "-m", "pip", "install", "--disable-pip-version-check"]
    _run([*tool, "--quiet", "--require-hashes", "-r", lock])
    _run([*tool, "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT])


def _has_uv() -> bool:
    if os.environ.get("KAWAL_NO_UV"):
        return False
    if (BIN / "uv").exists():
        return True
    pip: list[str | Path] = [
        BIN / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    lock = ROOT / "requirements-uv.lock"
    words = [
        *pip,
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "-r",
        lock,
    ]
    return subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _run(words: list[str | Path]) -> None:
    clean = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    code = subprocess.run(words, env=clean, check=False).returncode
    if code:
        sys.exit(
            f"{words[0]} failed; the lines above say why (is the package index reachable, is the "
            "disk full?)"
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
