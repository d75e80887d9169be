"""A spreadsheet program itself: it opens what is written, runs none of it as a formula, and what it saves is read back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import Dataset
from asean_cyber.export import read_csv

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: apt install libreoffice-calc")

_SAVED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
"""With commas, in UTF-8, cells as they are shown, the first sheet."""


def saved(path: Path, separator: str | None = None) -> Path:
    """The file as LibreOffice saves it as CSV, having opened it with a separator."""
    folder = path.parent / "saved"
    opened = [f"--infilter=Text - txt - csv (StarCalc):{ord(separator)},34,76,1,,0,false,true"] if separator else []
    command = [
        str(OFFICE),
        f"-env:UserInstallation=file://{path.parent}/profile",
        "--headless",
        *opened,
        "--convert-to",
        _SAVED,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (found,) = folder.iterdir()
    return found


def dicts(answer: ac.Records[Any]) -> list[dict[str, Any]]:
    table = answer.to_table()
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows()]


def test_a_workbook_opens_with_what_is_in_it(tmp_path: Path) -> None:
    found = ac.meetings(body="AMMTC")
    found.to_excel(tmp_path / "ammtc.xlsx")
    rows = {row["id"]: row for row in read_csv(saved(tmp_path / "ammtc.xlsx"))}
    assert tuple(rows) == found.ids
    seventh = rows["ammtc-7"]
    assert (seventh["date"], seventh["date_start"], seventh["ordinal"], seventh["disputed"]) == ("2009-11-17", date(2009, 11, 17), 7, True)
    assert seventh["topics"] == ac.get("ammtc-7").topics
    assert seventh["summary"] == ac.get("ammtc-7").summary


def test_what_it_saves_of_a_csv_file_is_read_back(tmp_path: Path) -> None:
    found = ac.records(body=["AMMTC", "ASEANAPOL"])
    found.to_csv(tmp_path / "records.csv")
    assert read_csv(saved(tmp_path / "records.csv", ",")) == dicts(found)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_nothing_in_a_cell_is_run_whatever_separator_it_takes(tmp_path: Path, data: Dataset, separator: str) -> None:
    words = "Drill;=1111+1111;x, =1111+1111\t=1111+1111\n=1111+1111\n;\t=1111+1111"
    spoilt = data.replacing(attrs.evolve(data.meetings(id="telmin-9").one(), summary=words, name="=1111+1111"))
    spoilt.meetings().to_csv(tmp_path / "spoilt.csv")
    text = saved(tmp_path / "spoilt.csv", separator).read_text(encoding="utf-8")
    assert "1111+1111" in text
    assert "2222" not in text
