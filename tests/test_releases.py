"""A version is its data: the ledger says which, what was released stays findable, and the SWHID is what git says."""

from __future__ import annotations

import datetime
import importlib.util
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import asean_cyber as ac
from asean_cyber import _about, _packaged as packaged
from asean_cyber._files.swhid import swhid
from asean_cyber._quality.releases import SECTIONS, present, release
from asean_cyber.cli import main

ROOT = Path(__file__).parents[1]
IDS = Path(__file__).parent / "released-ids.tsv"


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.removesuffix(".dev0").split(".")))


# The ledger.


def test_a_released_number_stands_for_the_data_that_were_released() -> None:
    line = release(ac.__version__)
    if not _about.IS_RELEASE:
        assert line is None, f"{ac.__version__} is no release, yet it stands in the ledger"
        assert numbers(ac.__version__) > numbers(ac.releases()[-1].version)
        return
    assert line is not None, f"{ac.__version__} is the number of a release, and the ledger has no line for it"
    assert (line.fingerprint, line.swhid) == (ac.dataset().fingerprint, swhid(packaged.files())), "the data changed under a released number"
    assert line == ac.Release(**present())


def test_each_version_is_later_than_the_one_before_and_other_data() -> None:
    found = ac.releases()
    assert [numbers(each.version) for each in found] == sorted({numbers(each.version) for each in found})
    assert [each.date for each in found] == sorted(each.date for each in found)
    states = Counter(state.swhid for each in found for state in (each, *each.also))
    assert set(states.values()) == {1}


def test_what_is_known_of_a_release() -> None:
    first = ac.releases()[0]
    assert (first.version, first.date, first.records) == ("0.1.0", datetime.date(2026, 11, 23), 958)
    assert len(first.also) == 11
    assert first.note is not None
    assert "12 states" in first.note
    assert str(first).splitlines()[:2] == [
        "asean-cyber 0.1.0 (2026-11-23)",
        "  479 meetings, 314 statements, 165 instruments, 111 bodies, 46 topics, 1,070 sources",
    ]


def test_the_ledger_tells_what_git_holds() -> None:
    """The SWHID of a folder is the hash under which git has it: in a clone with its history the lines can be counted again."""
    for each in ac.releases():
        tree = each.swhid.rpartition(":")[2]
        try:
            listed = subprocess.run(["git", "ls-tree", "--name-only", tree], cwd=ROOT, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("needs git and a clone with its history")
        counts: Counter[str] = Counter()
        for name in listed.stdout.split():
            file = subprocess.run(["git", "show", f"{tree}:{name}"], cwd=ROOT, capture_output=True, check=True)
            counts.update({section: len(items) for section, items in json.loads(file.stdout).items()})
        assert {section: counts[section] for section in SECTIONS} == {section: getattr(each, section) for section in SECTIONS}


def test_the_command_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["releases"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")] == [
        f"asean-cyber {each.version} ({each.date})" for each in ac.releases()
    ]
    assert main(["releases", "--format", "json"]) == 0
    assert tuple(ac.Release(**line) for line in json.loads(capsys.readouterr().out)) == ac.releases()


# What was released.


def released_ids() -> list[tuple[str, str, str]]:
    return [(section, id, version) for section, id, version in (line.split("\t") for line in IDS.read_text(encoding="utf-8").splitlines())]


def test_every_id_ever_released_leads_to_something() -> None:
    data = ac.dataset()
    ask: dict[str, Callable[[str], object]] = {"bodies": data.body, "topics": data.topic, "sources": data.source}
    lost = []
    for section, id, version in released_ids():
        try:
            ask.get(section, data.get)(id)
        except ac.UnknownName:
            lost.append(f"{id} ({section}, released in {version})")
    assert not lost, "ids are for ever: retire them in favour of a successor"


def test_the_ids_of_every_release_are_listed() -> None:
    listed = Counter((section, version) for section, _, version in released_ids())
    for section in SECTIONS:
        so_far = 0
        for each in ac.releases():
            so_far += listed[section, each.version]
            assert so_far >= getattr(each, section)
        assert listed[section, "0.1.0"] == getattr(ac.releases()[0], section)
    if _about.IS_RELEASE:
        known = {(section, id) for section, id, _ in released_ids()}
        assert {(section, item.id) for section in SECTIONS for item in getattr(ac.dataset().contents, section)} <= known


# The SWHID.


def test_git_gives_the_folder_of_data_the_same_hash(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("needs git")

    def git(*command: str) -> str:
        return subprocess.run(["git", "-c", "core.autocrlf=false", *command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()

    git("init", "--quiet")
    for name, data in packaged.files():
        (tmp_path / name).write_bytes(data)
    git("add", "--all")
    assert swhid(packaged.files()) == f"swh:1:dir:{git('write-tree')}"
    for name, data in (("a.json", b""), ("a-b.json", b"x"), ("ä.json", b"\n"), ("Z.json", bytes(300))):
        (tmp_path / name).write_bytes(data)
    git("add", "--all")
    held = [(path.name, path.read_bytes()) for path in tmp_path.iterdir() if path.is_file()]
    assert swhid(held) == swhid(reversed(held)) == f"swh:1:dir:{git('write-tree')}"


def test_the_model_of_software_heritage_gives_the_same(tmp_path: Path) -> None:
    if importlib.util.find_spec("swh") is None or importlib.util.find_spec("swh.model") is None:
        pytest.skip("needs swh.model: pip install swh.model")
    from swh.model.from_disk import Directory

    for name, data in packaged.files():
        (tmp_path / name).write_bytes(data)
    assert swhid(packaged.files()) == str(Directory.from_disk(path=bytes(tmp_path), max_content_length=None).swhid())
