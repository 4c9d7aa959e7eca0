"""make alone says what it can do, and the environment is made again only when it must be."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool that makes .venv, on an empty repository, noting what it would install."""
    spec = importlib.util.spec_from_file_location("environment", "tools/environment.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv").mkdir()
    tool.installed = []
    monkeypatch.setattr(tool, "_is_whole", lambda: True)
    monkeypatch.setattr(tool, "_install", lambda lock: tool.installed.append(lock.name))
    return tool


def test_make_alone_prints_each_target_and_what_it_does():
    said = subprocess.run(["make"], capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^  make ([a-z-]+) +\S", said, re.MULTILINE)
    assert targets == ["help", "run", "test", "test-long", "bench", "vendor", "lock", "format"]


def test_a_python_that_is_too_old_is_a_sentence():
    said = subprocess.run(["make", "run", "PYTHON="], capture_output=True, text=True)
    assert said.returncode == 2
    assert "Kawal needs Python 3.11 or newer and finds none" in said.stderr


def test_it_installs_once_and_again_when_a_lock_changes(environment: ModuleType, tmp_path: Path):
    environment.main("run")
    environment.main("run")
    assert environment.installed == ["requirements.lock"]
    (tmp_path / "requirements.lock").write_text("# newer\n")
    environment.main("run")
    assert environment.installed == ["requirements.lock"] * 2


def test_what_the_checks_need_is_enough_to_run(environment: ModuleType):
    environment.main("dev")
    environment.main("run")
    assert environment.installed == ["requirements-dev.lock"]


def test_an_installation_that_failed_is_tried_again(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", lambda lock: sys.exit("no index"))
        with pytest.raises(SystemExit, match="no index"):
            environment.main("run")
    environment.main("run")
    assert environment.installed == ["requirements.lock"]
