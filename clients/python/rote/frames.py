"""Columns of tables as arrays of numpy, and data frames of them."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Tuple

import numpy
from google.protobuf.message import Message

Columns = Dict[str, numpy.ndarray]

# Field of ColumnValues, and type of numpy, by TableColumn.Type.
_KINDS: Dict[int, Tuple[str, Any]] = {
    1: ("texts", object), 2: ("integers", "int64"), 3: ("floats", "float32"), 4: ("doubles", "float64"),
    5: ("flags", "bool")}
_FLOATS = ("float32", "float64")


def columns(parts: Iterator[Message]) -> Tuple[Columns, Dict[str, numpy.ndarray]]:
    """Arrays by column, and for those that lack values which rows do: bool[rows].

    Raises:
        ValueError: a column of a type that this package does not know.
    """
    header = next(parts).header
    values: List[List[numpy.ndarray]] = [[] for _ in header.columns]
    missing: List[List[numpy.ndarray]] = [[] for _ in header.columns]
    for column in header.columns:
        if column.type not in _KINDS:
            raise ValueError(f"column {column.name} is of a type that this package does not know: take a newer one")
    for part in parts:
        rows = part.block.rows
        for at, (column, block) in enumerate(zip(header.columns, part.block.columns)):
            field, kind = _KINDS[column.type]
            values[at].append(numpy.array(getattr(block, field), dtype=kind))
            missing[at].append(_bits(block.missing, rows))
    all_values: Columns = {}
    all_missing: Dict[str, numpy.ndarray] = {}
    for at, column in enumerate(header.columns):
        kind = _KINDS[column.type][1]
        all_values[column.name] = numpy.concatenate([numpy.zeros(0, dtype=kind)] + values[at])
        lacking = numpy.concatenate([numpy.zeros(0, dtype="bool")] + missing[at])
        if lacking.any():
            all_missing[column.name] = lacking
    return all_values, all_missing


def _bits(packed: bytes, rows: int) -> numpy.ndarray:
    if not packed:
        return numpy.zeros(rows, dtype="bool")
    bits = numpy.unpackbits(numpy.frombuffer(packed, dtype="uint8"), bitorder="little")
    return bits[:rows].astype("bool")


def pandas_frame(values: Columns, missing: Dict[str, numpy.ndarray]) -> Any:
    """A data frame of pandas. Where values are missing, numbers are NaN, texts None, integers and flags of pandas' own
    types that have room for it."""
    import pandas

    frame = {}
    for name, column in values.items():
        lacking = missing.get(name)
        if lacking is None:
            frame[name] = column
        elif column.dtype.name in _FLOATS:
            frame[name] = numpy.where(lacking, numpy.nan, column).astype(column.dtype)
        elif column.dtype == object:
            nothing: Any = None
            frame[name] = numpy.where(lacking, nothing, column)
        else:
            series = pandas.Series(column).astype("boolean" if column.dtype == bool else "Int64")
            series[lacking] = pandas.NA
            frame[name] = series
    return pandas.DataFrame(frame)


def polars_frame(values: Columns, missing: Dict[str, numpy.ndarray]) -> Any:
    """A data frame of polars; what is missing is null."""
    import polars

    frame = {}
    for name, column in values.items():
        lacking = missing.get(name)
        cells = column.tolist() if lacking is not None or column.dtype == object else column
        if lacking is not None:
            cells = [None if gone else cell for cell, gone in zip(cells, lacking)]
        frame[name] = polars.Series(name, cells, dtype=_polars_type(polars, column.dtype))
    return polars.DataFrame(frame)


def _polars_type(polars: Any, dtype: numpy.dtype) -> Any:
    if dtype == object:
        return polars.String
    return {"int64": polars.Int64, "float32": polars.Float32, "float64": polars.Float64, "bool": polars.Boolean}[
        dtype.name]


MAKERS = {"pandas": pandas_frame, "polars": polars_frame}
