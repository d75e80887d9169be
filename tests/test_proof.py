"""The fingerprint can be computed without the library, and an installation can be told from what was released."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import _about, _packaged as packaged
from asean_cyber._files.fingerprint import canonical, fingerprint
from asean_cyber._files.swhid import swhid
from asean_cyber._quality.releases import present

PACKAGE = Path(ac.__file__).parent

# What docs/citing.md tells others to do, here with nothing but the standard library.
RECOMPUTE = """
import hashlib, json, sys

def said(value):
    if isinstance(value, dict):
        return {k: said(v) for k, v in value.items() if v not in ([], None, False) and (k, v) != ("language", "en")}
    return [said(v) for v in value] if isinstance(value, list) else value

lines = set()
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for section, items in json.load(file).items():
            for item in [{k: v} for k, v in items.items()] if section == "retired" else map(said, items):
                lines.add(json.dumps([section, item], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\\n")
print("asean_cyber" in sys.modules, hashlib.sha256(b"".join(sorted(lines))).hexdigest())
"""


def recompute(*paths: Path) -> str:
    done = subprocess.run([sys.executable, "-I", "-c", RECOMPUTE, *map(str, paths)], capture_output=True, text=True, check=True)
    loaded, number = done.stdout.split()
    assert loaded == "False"
    return number


@pytest.fixture(scope="module")
def data_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("data")
    for name, data in packaged.files():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


# The fingerprint.


def test_others_compute_it_from_the_packaged_files(data_files: list[Path]) -> None:
    assert re.fullmatch("[0-9a-f]{64}", ac.dataset().fingerprint)
    assert recompute(*data_files) == ac.dataset().fingerprint


def test_others_compute_it_from_the_exported_file(tmp_path: Path) -> None:
    path = tmp_path / "asean-cyber.json"
    path.write_text(ac.dataset().to_json(), "utf-8")
    assert recompute(path) == ac.dataset().fingerprint


def test_the_commands_in_the_documentation_compute_it(data_files: list[Path], raw: dict[str, Any], write: Any) -> None:
    page = Path(__file__).parents[1] / "docs" / "citing.md"
    if not page.exists() or not all(map(shutil.which, ("jq", "sort", "sha256sum", "sh"))):
        pytest.skip("needs the documentation, jq, sort and sha256sum")
    (command,) = re.findall(r"```sh\n(jq .*?)```", page.read_text("utf-8"), re.DOTALL)
    for paths, data in ((data_files, ac.dataset()), ([write(raw)], ac.Dataset.load(write(raw)))):
        done = subprocess.run(["sh", "-c", command.replace("data/*.json", " ".join(map(str, paths)))], capture_output=True, text=True, check=True)
        assert done.stdout.split()[0] == data.fingerprint


def test_it_is_of_what_a_dataset_holds_not_of_how_it_is_written(raw: dict[str, Any], write: Any, tmp_path: Path) -> None:
    raw["sources"][0]["language"] = "en"
    raw["meetings"][0] |= {"partners": [], "citations": [{"source": "page", "document": False}]}
    first = ac.Dataset.load(write(raw, "first/own.json"))
    for section, items in raw.items():
        part = {section: items if isinstance(items, dict) else list(reversed(items))}
        write(json.dumps(part, indent=4), f"parts/{section}.json")
    second = ac.Dataset.load(tmp_path / "parts")
    assert first == second
    assert first.fingerprint == second.fingerprint == recompute(*sorted((tmp_path / "parts").iterdir())) == recompute(tmp_path / "first" / "own.json")


def test_any_change_changes_it(raw: dict[str, Any], write: Any) -> None:
    seen = {ac.Dataset.load(write(raw)).fingerprint}
    raw["meetings"][0]["place"]["city"] = "Pakse"
    seen.add(ac.Dataset.load(write(raw)).fingerprint)
    del raw["gaps"]
    seen.add(ac.Dataset.load(write(raw)).fingerprint)
    del raw["retired"]
    seen.add(ac.Dataset.load(write(raw)).fingerprint)
    assert len(seen) == 4


def test_what_stands_twice_counts_once() -> None:
    contents = ac.dataset().contents
    twice = attrs.evolve(contents, gaps=contents.gaps * 2)
    assert fingerprint(twice) == fingerprint(contents)


def test_no_text_can_imitate_another_line(raw: dict[str, Any], write: Any) -> None:
    raw["gaps"].append({"body": "telmin", "reason": 'a\n["gaps",{"body":"adgmin","reason":"b"}]'})
    contents = ac.Dataset.load(write(raw)).contents
    lines = canonical(contents).splitlines()
    assert len(lines) == sum(len(section) for section in attrs.astuple(contents, recurse=False))
    assert all(json.loads(line)[0] in raw for line in lines)


# Verification of an installation: a copy of this one in a folder of its own, as an installer leaves it.


RELEASE = "97.1.2"


def hash_of(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


@pytest.fixture
def site(between: Path) -> Path:
    """The same as a release, which the ledger knows."""
    line = {**present(), "version": RELEASE, "date": "2027-01-31"}
    ledger = between / "asean_cyber" / "_quality" / "releases.json"
    ledger.write_text(json.dumps([*json.loads(ledger.read_text("utf-8")), line]), "utf-8")
    about = between / "asean_cyber" / "_about.py"
    about.write_text(re.sub(r'(?m)^VERSION = ".*"$', f'VERSION = "{RELEASE}"', about.read_text("utf-8")), "utf-8")
    return between


@pytest.fixture
def between(tmp_path: Path) -> Path:
    """The package and its dist-info: that of the wheel under test, or where it is not installed from one, such as an installer writes."""
    folder = tmp_path / "site"
    shutil.copytree(PACKAGE, folder / "asean_cyber", ignore=shutil.ignore_patterns("__pycache__"))
    info = folder / f"asean_cyber-{ac.__version__}.dist-info"
    for found in distributions(name="asean-cyber"):
        record = found.read_text("RECORD") or ""
        if Path(str(found.locate_file("asean_cyber"))).resolve() == PACKAGE.resolve() and "asean_cyber/data/" in record:
            info.mkdir()
            (info / "METADATA").write_text(found.read_text("METADATA") or "", "utf-8")
            (info / "RECORD").write_text(record, "utf-8")
            return folder
    rows = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: asean-cyber\nVersion: {ac.__version__}\n", "utf-8")
    lines = [f"{name},{hash_of(data)},{len(data)}\n" for name, data in rows]
    (info / "RECORD").write_text("".join([*lines, f"{info.name}/RECORD,,\n"]), "utf-8")
    return folder


ASK = """
import attrs, json, sys
sys.path.insert(0, sys.argv[1])
import asean_cyber as ac
assert ac.__file__.startswith(sys.argv[1]), ac.__file__
found = ac.verify()
print(json.dumps({"true": bool(found), "text": str(found), **attrs.asdict(found)}))
"""


def ask(site: Path) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", ASK, str(site)], capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def names() -> list[str]:
    return [name for name, _ in packaged.files()]


def test_as_released(site: Path) -> None:
    found = ask(site)
    assert found["ok"] is found["true"] is found["released"] is found["installed"] is True
    assert found["version"] == RELEASE
    assert found["checked"] == names()
    assert found["changed"] == found["missing"] == found["added"] == []
    assert found["fingerprint"] == ac.dataset().fingerprint
    assert found["text"].startswith(f"asean-cyber {RELEASE}: as released\n  the data are those of the release of 2027-01-31; ")
    assert ac.dataset().fingerprint in found["text"]
    assert found["swhid"] == swhid(packaged.files())
    assert found["swhid"] in found["text"]


def test_between_releases_there_is_nothing_to_be_as(between: Path) -> None:
    found = ask(between)
    if _about.IS_RELEASE:
        assert found["ok"] is True
        return
    assert (found["ok"], found["released"], found["installed"], found["true"]) == (None, None, True, False)
    assert found["text"].startswith(f"asean-cyber {ac.__version__}: as installed, which is no release\n  the ledger has no release {ac.__version__}: ")
    path = between / "asean_cyber" / "data" / "ammtc.json"
    path.write_bytes(path.read_bytes() + b"\n")
    found = ask(between)
    assert found["ok"] is found["installed"] is False
    assert found["text"].startswith(f"asean-cyber {ac.__version__}: NOT as installed\n")
    assert "changed: ammtc.json" in found["text"]


def test_installed_as_it_came_and_yet_not_as_released(site: Path) -> None:
    """A wheel that somebody built of other data, under a number that is taken."""
    path = site / "asean_cyber" / "data" / "ammtc.json"
    path.write_bytes(path.read_bytes().replace(b"Bali", b"Bala", 1))
    (record,) = site.glob("*.dist-info/RECORD")
    record.write_text(re.sub(r"(?m)^(asean_cyber/data/ammtc\.json),[^,]*", rf"\1,{hash_of(path.read_bytes())}", record.read_text("utf-8")), "utf-8")
    found = ask(site)
    assert (found["ok"], found["released"], found["installed"]) == (False, False, True)
    assert "NOT as released\n  the data are not those of the release of 2027-01-31, whose fingerprint is " in found["text"]


def test_one_changed_byte(site: Path) -> None:
    path = site / "asean_cyber" / "data" / "ammtc.json"
    data = path.read_bytes()
    assert b"Bali" in data
    path.write_bytes(data.replace(b"Bali", b"Bala", 1))
    found = ask(site)
    assert found["ok"] is found["true"] is False
    assert found["changed"] == ["ammtc.json"]
    assert found["missing"] == found["added"] == []
    assert found["fingerprint"] not in (None, ac.dataset().fingerprint)
    assert "NOT as released" in found["text"]
    assert "changed: ammtc.json" in found["text"]


def test_a_change_that_changes_no_fact_is_still_a_change(site: Path) -> None:
    path = site / "asean_cyber" / "data" / "ammtc.json"
    path.write_bytes(path.read_bytes() + b"\n")
    found = ask(site)
    assert found["ok"] is False
    assert found["changed"] == ["ammtc.json"]
    assert found["fingerprint"] == ac.dataset().fingerprint
    assert "the data say the same as those of the release of 2027-01-31, but the files are not the same" in found["text"]


def test_missing_and_added_files(site: Path) -> None:
    data = site / "asean_cyber" / "data"
    (data / "ammtc.json").rename(data / "renamed.json")
    found = ask(site)
    assert found["ok"] is False
    assert (found["missing"], found["added"], found["changed"]) == (["ammtc.json"], ["renamed.json"], [])
    assert "missing: ammtc.json" in found["text"]
    assert "added: renamed.json" in found["text"]


def test_files_that_cannot_be_read_are_reported_not_raised(site: Path) -> None:
    path = site / "asean_cyber" / "data" / "ammtc.json"
    for data in (path.read_bytes()[:-40], b"", b"[]", b'{"meetings": [8]}', b"\xff"):
        path.write_bytes(data)
        found = ask(site)
        assert found["changed"] == ["ammtc.json"]
        assert found["fingerprint"] is None
        assert "cannot be read" in found["text"]
        assert re.search(r"; the data cannot be read: ammtc\.json: .", found["reason"])
        assert found["reason"] in found["text"]


def test_without_the_folder_all_are_missing(site: Path) -> None:
    shutil.rmtree(site / "asean_cyber" / "data")
    found = ask(site)
    assert found["ok"] is False
    assert found["missing"] == found["checked"] == names()


def test_the_ledger_alone_tells_a_source_tree(site: Path) -> None:
    shutil.rmtree(next(site.glob("*.dist-info")))
    found = ask(site)
    assert found["ok"] is found["true"] is found["released"] is True
    assert found["installed"] is None
    assert found["checked"] == []
    assert "; no installer put it into " in found["reason"]
    assert found["fingerprint"] == ac.dataset().fingerprint
    path = site / "asean_cyber" / "data" / "ammtc.json"
    path.write_bytes(path.read_bytes().replace(b"Bali", b"Bala", 1))
    found = ask(site)
    assert found["ok"] is found["released"] is False
    assert found["installed"] is None


def test_a_source_tree_between_releases_proves_nothing(between: Path) -> None:
    shutil.rmtree(next(between.glob("*.dist-info")))
    found = ask(between)
    assert found["ok"] is (True if _about.IS_RELEASE else None)
    assert _about.IS_RELEASE or found["text"].startswith(f"asean-cyber {ac.__version__}: no release\n")


def test_why_the_data_cannot_be_read_is_told_without_dist_info_too(site: Path) -> None:
    shutil.rmtree(next(site.glob("*.dist-info")))
    (site / "asean_cyber" / "data" / "ammtc.json").write_bytes(b"{")
    found = ask(site)
    assert found["ok"] is False
    assert found["fingerprint"] is None
    assert re.search(r"; the data cannot be read: ammtc\.json: not JSON.*, and \d+ more$", found["reason"])


def test_without_record(site: Path) -> None:
    next(site.glob("*.dist-info/RECORD")).unlink()
    found = ask(site)
    assert (found["ok"], found["installed"]) == (True, None)
    assert found["reason"].endswith("; its installation has no RECORD of the data files to compare them with")


@pytest.mark.parametrize("hash", ["", "md5=abc", "nonsense"])
def test_without_a_hash_that_can_be_relied_on(site: Path, hash: str) -> None:
    record = next(site.glob("*.dist-info/RECORD"))
    record.write_text(re.sub(r"(?m)^(asean_cyber/data/arf\.json),[^,]*", rf"\1,{hash}", record.read_text("utf-8")), "utf-8")
    found = ask(site)
    assert (found["ok"], found["installed"]) == (True, None)
    assert found["reason"].endswith("; the RECORD of its installation has no hash of arf.json")


def test_record_of_another_copy_is_not_taken_for_its_own(site: Path, tmp_path: Path) -> None:
    """As with a source tree that stands before an installed wheel."""
    tree = tmp_path / "tree"
    shutil.move(site / "asean_cyber", tree / "asean_cyber")
    shutil.copytree(tree / "asean_cyber", site / "asean_cyber")
    code = ASK.replace("sys.path.insert(0, sys.argv[1])", "sys.path[:0] = sys.argv[1:]")
    done = subprocess.run([sys.executable, "-c", code, str(tree), str(site)], capture_output=True, text=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout)
    assert found["installed"] is None
    assert str(tree) in found["reason"]


def test_a_wheel_that_is_imported_as_it_is(site: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "asean_cyber.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in sorted(site.rglob("*")):
            archive.write(path, path.relative_to(site).as_posix())
    found = ask(wheel)
    assert found["ok"] is True
    assert found["checked"] == names()


def test_here_it_answers_too() -> None:
    found = ac.verify()
    assert isinstance(found, ac.Verification)
    assert found.fingerprint == ac.dataset().fingerprint
    assert found.ok is not False
    assert bool(found) is (found.ok is True)
