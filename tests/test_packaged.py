"""The packaged data is read once, lazily, from wherever the package lies."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from threading import Barrier

import pytest

import asean_cyber as ac
from asean_cyber import _packaged as packaged
from asean_cyber._files.making import maker
from asean_cyber._files.reading import decode
from asean_cyber._files.shipped import shipped
from asean_cyber._model.contents import SECTIONS
from asean_cyber._model.values import plain

PACKAGE = Path(str(ac.__file__)).parent


def run(code: str, *options: str, path: Path | None = None) -> str:
    """What a fresh interpreter prints; with `path`, one that finds asean_cyber there alone."""
    if path is not None:
        code = f"import sys; sys.path.insert(0, {str(path)!r})\n{code}"
    done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_quick_way_of_reading_gives_what_the_checked_way_gives() -> None:
    assert ac.Dataset(decode(packaged.files())) == ac.dataset()


def test_a_record_is_one_object_however_it_was_come_by() -> None:
    for section in ("meetings", "statements", "instruments"):
        quick = shipped(lambda: list(packaged.files()))
        id = getattr(ac.dataset().contents, section)[-1].id
        first = quick.glimpse(id, section)  # type: ignore[attr-defined]
        assert quick.glimpse(id, section) is first  # type: ignore[attr-defined]
        assert next(each for each in getattr(quick, section) if each.id == id) is first
        assert quick.glimpse(id, section) is first  # type: ignore[attr-defined]


def test_who_points_at_a_record_is_found_without_reading_all() -> None:
    for id in ("asean-china-mou-nts-2009", "ammtc-8", "un-gge-report-2015"):
        quick = shipped(lambda: list(packaged.files()))
        pointing = {record.id for record in ac.records() if any(relation.target == id for relation in record.relations)}
        assert {record.id for record in quick.pointing_at([id])} == pointing  # type: ignore[attr-defined]


def test_what_is_valid_is_made_by_the_quick_maker() -> None:
    """The careful one is for what has a fault, to tell all of it."""
    for section, cls in SECTIONS.items():
        make = maker(cls, True)  # type: ignore[arg-type]
        for item in getattr(ac.dataset().contents, section):
            assert make(plain(item)) == item


def test_garbage_is_collected_again_after_each_load() -> None:
    for _ in range(2):
        decode(packaged.files())
        assert gc.isenabled()


def test_importing_reads_nothing_and_imports_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import asean_cyber; print(sorted(m for m in set(sys.modules) - before if m.startswith(('asean_cyber', 'attr', 'cattr'))))"
    assert run(code) == "['asean_cyber', 'asean_cyber._about', 'asean_cyber._hooks']"


def test_a_query_imports_neither_cattrs_nor_anything_larger() -> None:
    code = "import sys, asean_cyber as ac; ac.meetings(year=2011, body='AMMTC'); print([m for m in ('cattrs', 'pandas', 'polars', 'pyarrow', 'altair', 'inspect') if m in sys.modules])"
    assert run(code) in ("[]", "['inspect']")  # attrs itself imports inspect


def test_many_threads_at_first_use_load_once() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import asean_cyber as ac
start = Barrier(16)
def ask(n):
    start.wait()
    return ac.meetings(body="AMMTC", year=2011).ids, id(ac.dataset()), id(ac.get("ammtc-8")), id(ac.meetings(id="ammtc-8").one())
with ThreadPoolExecutor(16) as pool:
    answers = set(pool.map(ask, range(16)))
print(len(answers), len({id for each in answers for id in each[2:]}))
"""
    assert run(code) == "1 1"


def test_many_threads_asking_get_the_same_answers() -> None:
    start = Barrier(8)
    fresh = ac.Dataset(ac.dataset().contents)

    def ask(_: int) -> tuple[tuple[str, ...], ...]:
        start.wait()
        return fresh.records(topic="cybercrime", since=2005).ids, fresh.statements(text="cyber").ids, fresh.related("arf-13").ids

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_it_works_from_a_zip_file(tmp_path: Path) -> None:
    archive = tmp_path / "asean_cyber.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in PACKAGE.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                file.write(path, Path("asean_cyber") / path.relative_to(PACKAGE))
    code = "import asean_cyber as ac; print(ac.__file__); print(ac.get('aseanapol-29/8.7.1').locator); print(len(ac.records()))"
    where, locator, count = run(code, path=archive).splitlines()
    assert str(archive) in where
    assert (locator, count) == ("8.7.1", str(len(ac.records())))


def test_it_works_isolated_and_writes_nothing(tmp_path: Path) -> None:
    code = "import asean_cyber as ac; print(ac.meetings(body='AMMTC', year=2011).ids)"
    site = PACKAGE.parent
    assert run(code, "-I", "-B", path=site) == "('ammtc-8',)"
    # On a read-only file system opening a file for writing fails: nothing here tries to.
    guard = """
import builtins, io, os
real = builtins.open
def only_reading(file, mode="r", *args, **kwargs):
    assert not set(mode) & set("wax+"), (file, mode)
    return real(file, mode, *args, **kwargs)
builtins.open = io.open = only_reading
"""
    assert run(guard + code, "-B") == "('ammtc-8',)"


@pytest.mark.parametrize("layout", [None, 1, 4])
def test_a_file_edited_into_another_layout_is_an_error_and_never_nothing(tmp_path: Path, layout: int | None) -> None:
    shutil.copytree(PACKAGE, tmp_path / "asean_cyber", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "asean_cyber" / "data" / "ammtc.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), indent=layout) + "\n", encoding="utf-8")
    asked = """
import asean_cyber as ac
for ask in (lambda: ac.meetings(body="ADMM"), lambda: ac.get("ammtc-8"), lambda: ac.records(), ac.coverage):
    try:
        print("answered", ask())
    except ac.DatasetError as error:
        print(error.faults, error.hint)
"""
    told = run(asked, path=tmp_path).splitlines()
    assert len(told) == 4
    assert all("ammtc.json" in each and "asean-cyber format" in each for each in told), told


def test_the_version_is_in_one_place() -> None:
    assert version("asean-cyber") == ac.__version__


@pytest.mark.parametrize("name", ac.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(ac, name)
    if name not in ("Style", "AnyRecord") and callable(value):  # these stand for other types
        assert value.__doc__, name


def test_names_can_be_listed_and_a_wrong_one_is_an_attribute_error() -> None:
    assert set(ac.__all__) <= set(dir(ac))
    with pytest.raises(AttributeError, match="no attribute 'meeting_list'"):
        ac.meeting_list  # noqa: B018


def test_the_dataset_is_one_value() -> None:
    assert ac.dataset() is ac.dataset()
    assert ac.dataset() == ac.Dataset(decode(packaged.files()))
    assert repr(ac.dataset()).startswith("<Dataset: ")
    assert list(ac.dataset()) == list(ac.records())
    assert "ammtc-8" in ac.dataset()
    assert ac.get("ammtc-8") in ac.dataset()
