"""The made-up district as batches, a table or a Parquet file. The first ``n`` households are the same for every ``n``."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jishiyu.doors.jobs.population.block import BLOCK, block_of
from jishiyu.doors.jobs.population.census import Census, Kind
from jishiyu.registry.rules.arrow_form import HOUSEHOLD


def batches(
    census: Census, *, households: int, kind: Kind, seed: int, as_of: date
) -> Iterator[pa.RecordBatch]:
    """The households in batches of at most :data:`BLOCK`. Raises ValueError for fewer than one household."""
    if households < 1:
        raise ValueError(f"expected at least one household, not {households}")
    for block in range(-(-households // BLOCK)):
        yield block_of(census, kind, seed, block, as_of).slice(0, households - block * BLOCK)


def table(census: Census, *, households: int, kind: Kind, seed: int, as_of: date) -> pa.Table:
    """The households as one table."""
    made = batches(census, households=households, kind=kind, seed=seed, as_of=as_of)
    return pa.Table.from_batches(list(made), schema=HOUSEHOLD)


def write_parquet(path: Path, census: Census, *, households: int, kind: Kind, seed: int, as_of: date) -> None:
    """Write the households to a Parquet file, one row group a batch, with the seed in its metadata."""
    said = {"seed": str(seed), "kind": kind, "households": str(households), "as_of": as_of.isoformat()}
    schema = HOUSEHOLD.with_metadata({f"jishiyu.{key}": value for key, value in said.items()})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches(census, households=households, kind=kind, seed=seed, as_of=as_of):
            writer.write_batch(batch.replace_schema_metadata(schema.metadata))
