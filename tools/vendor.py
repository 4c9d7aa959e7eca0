"""Fetches the front end's few third-party files; npm is only the shop and never runs the product.

``make vendor`` fetches each file by version and keeps its hash; ``--check`` compares what is here
with the hashes, without a network.
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src/kawal/ui/static/ui/vendor"
HASHES = VENDOR / "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Package:
    """One package of the shop: its name there, its version, and the files we take."""

    name: str
    version: str
    files: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Return the folder it gets here; the version in it lets browsers keep the files."""
        return f"{self.name.rpartition('/')[2]}-{self.version}"


PACKAGES = (
    Package(
        "@fontsource-variable/plus-jakarta-sans",  # SIL Open Font License 1.1
        "5.3.0",
        ("files/plus-jakarta-sans-latin-wght-normal.woff2", "LICENSE"),
    ),
)


def fetch(package: Package) -> None:
    """Take a package's files out of its tarball into its folder."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
            cwd=place,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (tarball,) = Path(place).glob("*.tgz")
        folder = VENDOR / package.folder
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(tarball) as archive:
            for name in package.files:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    sys.exit(f"{package.name} {package.version} has no file {name}")
                (folder / Path(name).name).write_bytes(member.read())


def sums() -> str:
    """Return the hash of each vendored file, a line each, as sha256sum prints them."""
    paths = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path != HASHES)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDOR)}\n"
        for path in paths
    ]
    return "".join(lines)


def faults() -> list[str]:
    """Return what is here and was not bought, or was changed since."""
    wanted = {
        f"{package.folder}/{Path(file).name}" for package in PACKAGES for file in package.files
    }
    here = {line.split("  ", 1)[1] for line in sums().splitlines()}
    found = [f"missing: {name}" for name in sorted(wanted - here)]
    found += [f"not in the list: {name}" for name in sorted(here - wanted)]
    if sums() != HASHES.read_text():
        found.append(f"the files differ from {HASHES.name}")
    return found


def main() -> None:
    """Fetch, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the hashes only")
    if parser.parse_args().check:
        sys.exit("\n".join(faults()) or 0)
    for package in PACKAGES:
        fetch(package)
        print(package.folder)
    HASHES.write_text(sums())


if __name__ == "__main__":
    main()
