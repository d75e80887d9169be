"""When one process, or one machine, is not enough: workers, DuckDB over Parquet, Spark."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import asean_cyber as ac
from asean_cyber import Dataset, Meeting, Record, Records
from asean_cyber.export import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What workers are given to do.


def label_of(record: Record) -> str:
    return record.label


def busiest_year(answer: Records[Any]) -> tuple[int, int]:
    return max(answer.count_by("year").items(), key=lambda item: (item[1], item[0]))


def found_by(body: str) -> Records[Meeting]:
    return ac.meetings(body=body)


def names_within(dataset: Dataset) -> tuple[str, ...]:
    return dataset.meetings(country="VN").ids


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    # Spawned workers start from nothing and know only what they are sent.
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def test_records_travel_to_workers(pool: ProcessPoolExecutor) -> None:
    records = ac.records(year=[2007, 2011])
    assert list(pool.map(label_of, records, chunksize=10)) == [record.label for record in records]


def test_answers_travel_to_workers_and_back(pool: ProcessPoolExecutor) -> None:
    asked = [ac.meetings(body="AMMTC"), ac.statements(topic="cybercrime"), ac.meetings(body="ARF")]
    assert list(pool.map(busiest_year, asked)) == [busiest_year(answer) for answer in asked]
    bodies = ["AMMTC", "ASEANAPOL", "TELMIN"]
    back = list(pool.map(found_by, bodies))
    assert back == [ac.meetings(body=body) for body in bodies]
    assert [answer.to_table().name for answer in back] == ["meetings"] * 3
    assert back[0].filter(year=2011).ids == ("ammtc-8",), "what came back can be asked further"


def test_a_dataset_of_ones_own_travels_to_workers(pool: ProcessPoolExecutor, data: Dataset) -> None:
    assert pool.submit(names_within, data).result() == ("police-plus-2",)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_are_equal_to_what_was_pickled(protocol: int) -> None:
    for value in (ac.get("ammtc-8"), ac.get("aseanapol-29/8.7.1"), ac.get("asean-china-plan-of-action-2004"), ac.meetings(body="AMMTC"), ac.dataset()):
        assert pickle.loads(pickle.dumps(value, protocol)) == value


def test_threads_share_an_answer() -> None:
    answer = ac.records()
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda _: [row[0] for row in answer.to_table().rows()], range(16)))
    assert all(text == list(answer.ids) for text in texts)


# Parquet, joined.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("parquet")
    write(ac.dataset(), folder, "parquet")
    return folder


BY_TOPIC_OF_STATEMENTS = """
    select b.acronym, count(distinct s.id) as statements
    from {statements} s
    join {record_topics} t on t.record = s.id
    join {bodies} b on b.id = s.body
    where t.topic = 'cyber-terrorism'
    group by b.acronym
    order by statements desc, b.acronym
"""


def expected_counts() -> list[tuple[str, int]]:
    statements = [each for each in ac.statements(topic="cyber-terrorism") if "cyber-terrorism" in each.topics]
    counts: dict[str, int] = {}
    for each in statements:
        acronym = ac.body(each.body).acronym
        if acronym:
            counts[acronym] = counts.get(acronym, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def test_parquet_joined_in_duckdb(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    names = {name: f"read_parquet('{(folder / name).as_posix()}.parquet')" for name in ("statements", "record_topics", "bodies", "parties", "topics")}
    found = duckdb.sql(BY_TOPIC_OF_STATEMENTS.format(**names)).fetchall()
    assert [row for row in found if row[0]] == expected_counts() != []
    # The narrower topics, as the filter word finds them, by following `broader`.
    narrower = """
        with recursive family(id) as (select 'cybercrime' union select t.id from {topics} t join family f on t.broader = f.id)
        select distinct record from {record_topics} join family on topic = family.id join {statements} s on s.id = record
    """
    assert {row[0] for row in duckdb.sql(narrower.format(**names)).fetchall()} == set(ac.statements(topic="cybercrime").ids)


def test_parquet_lists_unnest_in_duckdb(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    sql = f"select distinct id from (select id, unnest(partners) as partner from '{(folder / 'meetings').as_posix()}.parquet') where partner = 'JP'"
    assert {row[0] for row in duckdb.sql(sql).fetchall()} == set(ac.meetings(partner="JP").ids)


def test_parquet_joined_in_spark(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setitem(os.environ, "PYSPARK_PYTHON", sys.executable)
    local = {"spark.ui.enabled": False, "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    spark = sql.SparkSession.builder.master("local[2]").config(map=local).getOrCreate()
    try:
        for name in ("statements", "record_topics", "bodies"):
            spark.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)
        found = spark.sql(BY_TOPIC_OF_STATEMENTS.format(statements="statements", record_topics="record_topics", bodies="bodies")).collect()
        assert [tuple(row) for row in found if row[0]] == expected_counts()
        meetings = spark.read.parquet(f"{folder}/meetings.parquet")
        assert dict(meetings.dtypes)["partners"] == "array<string>"
        assert dict(meetings.dtypes)["date_start"] == "date"
        partners = meetings.select("id", sql.functions.explode("partners").alias("partner"))
        assert {row.id for row in partners.where("partner = 'JP'").collect()} == set(ac.meetings(partner="JP").ids)
        # Records themselves go to the workers too.
        spread = spark.sparkContext.parallelize(list(ac.meetings(body="AMMTC")), 2)
        assert tuple(spread.map(lambda meeting: meeting.id).collect()) == ac.meetings(body="AMMTC").ids
    finally:
        spark.stop()
