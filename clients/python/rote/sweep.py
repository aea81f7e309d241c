"""One sweep: following it, steering it, and what it found."""

from __future__ import annotations

import io
import pathlib
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, Optional, Union

import numpy

from rote import frames
from rote._contract import enum_name, moment, to_dict
from rote.errors import RoteError
from rote.progress import Bar, duration

if TYPE_CHECKING:
    from rote.client import Client

_ENDED = ("COMPLETED", "FAILED", "CANCELLED")
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


class Status:
    """Where a sweep stands, as the service said it.

    Attributes:
        phase: ``RUNNING``, ``PAUSED``, ``REPORTING``, ``COMPLETED``, ``FAILED`` or ``CANCELLED``.
        share: of the training and measuring that is done, in [0, 1].
        eta_seconds: until the last trial is measured; None when unknown.
        trials: trials by state: ``total``, ``pending``, ``running``, ``done``, ``failed`` and so on.
        failures: why trials failed, a sentence each, newest last.
        waiting_for: what nobody can give the sweep now, a sentence; empty while all is well.
        submitted: seconds since 1970; None when unknown.
    """

    def __init__(self, message: Any):
        self.phase: str = enum_name(message, "phase")
        self.share: float = message.progress.share
        self.eta_seconds: Optional[float] = (
            message.progress.eta_seconds if message.progress.eta_seconds >= 0 else None)
        self.trials: Dict[str, int] = {
            field.name: getattr(message.counts, field.name) for field in message.counts.DESCRIPTOR.fields}
        self.failures: List[str] = [
            f"trial {failure.trial_index} ({failure.step}): {failure.reason}" for failure in message.failures]
        self.waiting_for: str = message.waiting_for
        self.submitted: Optional[float] = moment(message, "submitted")

    @property
    def ended(self) -> bool:
        return self.phase in _ENDED

    def line(self) -> str:
        """Such as ``running, 12 of 40 trials, 2 min 5 s left``."""
        words = [self.phase.lower(), f"{self.trials['done']} of {self.trials['total']} trials"]
        if self.trials["failed"]:
            words.append(f"{self.trials['failed']} failed")
        if not self.ended and self.eta_seconds is not None:
            words.append(duration(self.eta_seconds) + " left")
        if self.waiting_for:
            words.append(self.waiting_for)
        return ", ".join(words)

    def __repr__(self) -> str:
        return f"<Status {self.line()}>"


class Figure:
    """A figure of the report; a notebook shows it inline.

    Attributes:
        name: such as ``fig1``.
        kind: ``svg`` or ``png``.
        data: the file's bytes.
    """

    def __init__(self, name: str, kind: str, data: bytes):
        self.name = name
        self.kind = kind
        self.data = data

    def save(self, path: Union[str, pathlib.Path]) -> pathlib.Path:
        """Writes the picture."""
        target = pathlib.Path(path)
        target.write_bytes(self.data)
        return target

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Dict[str, Any]:
        data: Any = self.data.decode("utf-8") if self.kind == "svg" else self.data
        return {_PICTURES[self.kind]: data, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<Figure {self.name}.{self.kind}, {len(self.data)} bytes>"


class Sweep:
    """A sweep of a service.

    Attributes:
        id: its name and the digits of its spec's hash.
        name: as its author called it.
    """

    def __init__(self, client: "Client", sweep_id: str, name: str, warnings: Optional[List[str]] = None):
        self._client = client
        self.id = sweep_id
        self.name = name
        self.warnings = list(warnings or [])

    # Following and steering.

    def status(self) -> Status:
        """Where it stands now."""
        return Status(self._client._sweeps.call("GetSweep", sweep=self.id).sweep.status)

    def spec(self) -> Mapping[str, Any]:
        """What was submitted, defaults left out."""
        spec: Mapping[str, Any] = to_dict(self._client._sweeps.call("GetSweep", sweep=self.id).sweep.spec)
        return spec

    def statuses(self) -> Iterator[Status]:
        """Its status now and after each change, until it ends."""
        for answer in self._client._sweeps.stream("WatchSweep", sweep=self.id):
            yield Status(answer.status)

    def watch(self) -> "Sweep":
        """Follows it with a bar until it ends.

        Raises:
            RoteError: it failed or was cancelled; its sentence says why.
        """
        bar = Bar(self.name)
        last = None
        try:
            for last in self.statuses():
                bar.show(1.0 if last.phase == "COMPLETED" else last.share, last.line())
        finally:
            bar.end()
        if last is not None and last.phase != "COMPLETED":
            reason = "; ".join(last.failures[-3:]) or "no trial says why"
            raise RoteError(last.phase, f"{self.id}: {reason}")
        return self

    def pause(self) -> Status:
        """Starts no further trial; those in flight stop at a checkpoint."""
        return Status(self._client._sweeps.call("PauseSweep", sweep=self.id).status)

    def resume(self) -> Status:
        """Goes on after a pause."""
        return Status(self._client._sweeps.call("ResumeSweep", sweep=self.id).status)

    def cancel(self) -> Status:
        """Ends it for good; results so far stay."""
        return Status(self._client._sweeps.call("CancelSweep", sweep=self.id).status)

    def retry(self) -> int:
        """Starts its failed and cancelled trials again, after it ended; how many."""
        return int(self._client._sweeps.call("RetryFailed", sweep=self.id).retried)

    # Numbers.

    def table(self, name: str, frame: str = "pandas") -> Any:
        """A table of docs/tables.md; of a sweep under way, what there is so far.

        Args:
            name: ``trials``, ``epochs``, ``examples``, ``scores``, ``measurements``, ``figures`` or ``claims``.
            frame: ``pandas`` or ``polars``.
        """
        if frame not in frames.MAKERS:
            raise ValueError(f"frame must be one of {', '.join(frames.MAKERS)}, was {frame!r}")
        parts = self._client._sweeps.stream("ExportTable", sweep=self.id, table=name)
        return frames.MAKERS[frame](*frames.columns(parts))

    def trials(self, frame: str = "pandas") -> Any:
        """A row for each trial of the grid."""
        return self.table("trials", frame)

    def epochs(self, frame: str = "pandas") -> Any:
        """Accuracy and loss of each trial, epoch, split and part."""
        return self.table("epochs", frame)

    def scores(self, frame: str = "pandas") -> Any:
        """What was measured of single examples; rows join across sweeps by ``source_index``."""
        return self.table("scores", frame)

    def examples(self, frame: str = "pandas") -> Any:
        """Each example's margin, loss and prediction, epoch by epoch, of trials with a trace."""
        return self.table("examples", frame)

    def measurements(self, frame: str = "pandas") -> Any:
        """Single numbers that were measured."""
        return self.table("measurements", frame)

    def figures(self, frame: str = "pandas") -> Any:
        """The points of all figures."""
        return self.table("figures", frame)

    def claims(self, frame: str = "pandas") -> Any:
        """Each claim with its verdict, statistic and threshold."""
        return self.table("claims", frame)

    # Files.

    def _files(self) -> Iterator[Any]:
        partial = not self.status().phase == "COMPLETED"
        name, size, chunks = "", 0, io.BytesIO()
        for part in self._client._sweeps.stream("DownloadReport", sweep=self.id, partial=partial):
            if part.path:
                if name:
                    yield name, self._whole(name, size, chunks)
                name, size, chunks = part.path, part.size_bytes, io.BytesIO()
            chunks.write(part.chunk)
        if name:
            yield name, self._whole(name, size, chunks)

    @staticmethod
    def _whole(name: str, size: int, chunks: io.BytesIO) -> bytes:
        data = chunks.getvalue()
        if len(data) != size:
            raise RoteError("DATA_LOSS", f"{name} has {size} bytes and {len(data)} came: ask again")
        return data

    def report(self, directory: Union[str, pathlib.Path]) -> pathlib.Path:
        """Writes the files of the report, ``report.html`` among them; of a sweep under way, of what there is."""
        root = pathlib.Path(directory).resolve()
        for name, data in self._files():
            target = (root / name).resolve()
            if root not in target.parents:
                raise RoteError("DATA_LOSS", f"the report names a file outside of it: {name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return root

    def figure(self, name: str, kind: str = "svg") -> Figure:
        """A figure of the report; of a sweep under way, of what there is so far.

        Args:
            name: such as ``fig1``.
            kind: ``svg`` or ``png``.

        Raises:
            KeyError: no such figure; the message names those that there are.
        """
        if kind not in _PICTURES:
            raise ValueError(f"kind must be svg or png, was {kind!r}")
        others = []
        for path, data in self._files():
            file = pathlib.PurePosixPath(path)
            if file.parent.name == "figures" and file.suffix == "." + kind:
                if file.stem == name:
                    return Figure(name, kind, data)
                others.append(file.stem)
        raise KeyError(f"{self.id} has no figure {name!r}; it has {', '.join(others) or 'none'}")

    def weights(self, trial: Union[int, str], epoch: Optional[int] = None) -> Dict[str, numpy.ndarray]:
        """The parameters of a checkpoint by name, as they are called in the network.

        Args:
            trial: its index in the sweep, or its id.
            epoch: of the checkpoint; None: the last one.

        Raises:
            RoteError: ``NOT_FOUND``: there is no such trial, or it keeps no such checkpoint.
        """
        trial_id = trial if isinstance(trial, str) else self._trial_id(trial)
        return self._client.weights(trial_id, epoch)

    def _trial_id(self, index: int) -> str:
        found = self._client._sweeps.call("DescribeTrial", sweep=self.id, index=index)
        return str(found.trial.trial_id)

    def __repr__(self) -> str:
        return f"<Sweep {self.id}>"
