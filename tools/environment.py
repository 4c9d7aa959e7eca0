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
            if _code([BIN / "python", "-m", "kawal.ui.catalogues", "compile"]):
                sys.exit("The catalogues of words could not be compiled; the lines above say why")
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
    """Install with uv; with pip where uv cannot be had, or cannot reach the index as pip can.

    The two find certificates and proxies in different places, so one may get through alone.
    """
    uv: list[str | Path] = [BIN / "uv", "pip", "install", "--python", BIN / "python"]
    uv.append("--compile-bytecode")  # as pip does: once, not at every start of every process
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--disable-pip-version-check"]
    wanted: list[list[str | Path]] = [
        ["--quiet", "--require-hashes", "-r", lock],
        ["--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT],
    ]
    if _has_uv() and all(_code([*uv, *words]) == 0 for words in wanted):
        return
    print("uv cannot do it here; pip does it, which takes longer")
    for words in wanted:
        if _code([*pip, *words]):
            sys.exit(
                "pip failed; the lines above say why (is the package index reachable, is the "
                "disk full?)"
            )


def _has_uv() -> bool:
    if os.environ.get("KAWAL_NO_UV"):
        return False
    if (BIN / "uv").exists():
        return True
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--quiet"]
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


def _code(words: list[str | Path]) -> int:
    """Run a command and return its exit code."""
    clean = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return subprocess.run(words, env=clean, check=False).returncode


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
