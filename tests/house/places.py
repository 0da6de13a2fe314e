"""Where the house rules look: the files that git knows or would take up, and the programs beside this Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "huiyin"
PROGRAMS = Path(sys.executable).parent


def files(*suffixes: str, under: str = ".") -> list[Path]:
    """Files below a folder of the checkout with one of these endings (all endings if none is named), ignored ones left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", under]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [ROOT / name for name in listed if name]
    return sorted(path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes))


def modules() -> list[Path]:
    """The Python files of the package, without migrations, which a tool writes."""
    return [path for path in files(".py", under="src") if "migrations" not in path.parts]


def says(*command: str) -> str:
    """Runs a program of this environment in the checkout; fails with all that it printed if it is not content."""
    ran = subprocess.run([PROGRAMS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{' '.join(command)} says:\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def relative(path: Path) -> str:
    """A path as people name it in this checkout."""
    return str(path.relative_to(ROOT))
