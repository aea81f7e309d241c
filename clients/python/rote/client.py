"""Connections to the services."""

from __future__ import annotations

import io
import json
import os
import pathlib
from typing import Any, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Union

import numpy

from rote._contract import Service, from_dict, message
from rote.errors import RoteError
from rote.sweep import Sweep

# Variable of the environment, and use of the port in a stack's record, by service.
_PLACES = {"sweeps": ("ROTE_SWEEPS", "SweepsService"), "trainer": ("ROTE_TRAINER", "TrainerService"),
           "metrics": ("ROTE_METRICS", "MetricsService")}
_BLOCK_BYTES = 512 * 1024
_SEARCHES = ("lass", "fgsm", "pgd")


class CriticalSamples(NamedTuple):
    """What a search around examples found, in the order of the examples.

    Attributes:
        critical: bool[n]: whether an example of another class lies within the radius.
        predicted: int64[n]: class of the example itself.
        adversarial_class: int64[n]: class of what was found; `predicted` where nothing was.
        iterations: int64[n]: until it was found, or the cap.
        adversarial: float32[n, channels, height, width]: what was found; NaN where nothing was.
    """

    critical: numpy.ndarray
    predicted: numpy.ndarray
    adversarial_class: numpy.ndarray
    iterations: numpy.ndarray
    adversarial: numpy.ndarray


class Client:
    """A connection to the services; made by :func:`rote.connect`."""

    def __init__(self, addresses: Mapping[str, str], token: Callable[[str], Optional[str]], seconds: float):
        self._addresses = dict(addresses)
        self._open: Dict[str, Service] = {}
        self._token = token
        self._seconds = seconds

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *ignored: Any) -> None:
        self.close()

    def close(self) -> None:
        """Gives the connections back."""
        for service in self._open.values():
            service.close()
        self._open.clear()

    def _service(self, which: str) -> Service:
        if which not in self._open:
            variable, name = _PLACES[which]
            if which not in self._addresses:
                raise RoteError(
                    "UNAVAILABLE", f"no address of the {which} service is known: set {variable}, as ./rote env prints it")
            address = self._addresses[which]
            token = self._token(address)
            metadata = [("authorization", f"Bearer {token}")] if token else []
            self._open[which] = Service(name, address, metadata, self._seconds)
        return self._open[which]

    @property
    def _sweeps(self) -> Service:
        return self._service("sweeps")

    def submit(self, sweep: Union[Mapping[str, Any], str, pathlib.Path]) -> Sweep:
        """Submits a sweep; the same spec under the same name again is the sweep that is there.

        Args:
            sweep: its shape as a dictionary, its text as YAML or JSON, or the path of a file.

        Raises:
            RoteError: the service refused it; the sentences say what, where, and what to write instead.
            ValueError: it is no sweep at all.
        """
        answer = self._sweeps.call("SubmitSweep", sweep=from_dict("Sweep", _shape(sweep)))
        made = answer.sweep
        return Sweep(self, made.status.sweep_id, made.metadata.name, list(answer.warnings))

    def validate(self, sweep: Union[Mapping[str, Any], str, pathlib.Path]) -> List[str]:
        """Checks a sweep and starts nothing; what may be meant but seldom is, a sentence each.

        Raises:
            RoteError: the service would refuse it.
        """
        answer = self._sweeps.call("SubmitSweep", sweep=from_dict("Sweep", _shape(sweep)), dry_run=True)
        return list(answer.warnings)

    def sweep(self, sweep: str) -> Sweep:
        """A sweep by its id, or the newest of a name.

        Raises:
            RoteError: ``NOT_FOUND``.
        """
        found = self._sweeps.call("GetSweep", sweep=sweep).sweep
        return Sweep(self, found.status.sweep_id, found.metadata.name)

    def sweeps(self) -> Iterator[Sweep]:
        """All sweeps, newest first, page by page."""
        token = ""
        while True:
            page = self._sweeps.call("ListSweeps", page_size=100, page_token=token)
            for found in page.sweeps:
                yield Sweep(self, found.status.sweep_id, found.metadata.name)
            token = page.next_page_token
            if not token:
                return

    def weights(self, trial_id: str, epoch: Optional[int] = None) -> Dict[str, numpy.ndarray]:
        """The parameters of a trial's checkpoint by name.

        Args:
            trial_id: of a trial.
            epoch: of the checkpoint; None: the last one.
        """
        fields: Dict[str, Any] = {"trial_id": trial_id, "format": 2}
        if epoch is not None:
            fields["epoch"] = epoch
        chunks = self._service("trainer").stream("ExportCheckpoint", **fields)
        archive = io.BytesIO(b"".join(part.chunk for part in chunks))
        with numpy.load(archive, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}

    def critical_samples(
        self,
        trial_id: str,
        inputs: numpy.ndarray,
        radius: Optional[float] = None,
        search: Optional[Mapping[str, Mapping[str, Any]]] = None,
        epoch: Optional[int] = None,
        clip: bool = False,
        any_range: bool = False,
    ) -> CriticalSamples:
        """Searches around examples for inputs that a trial's network puts into another class.

        Args:
            trial_id: whose network.
            inputs: float[n, channels, height, width], in [0, 1] unless `any_range`.
            radius: of the box, in grey levels (1/255); None: the service's default.
            search: one of ``lass``, ``fgsm``, ``pgd`` with its fields, such as ``{"pgd": {"iterations": 20}}``;
                None: Langevin search (LASS).
            epoch: of the checkpoint; None: the last one.
            clip: keeps what is found in [0, 1], too.
            any_range: lets inputs outside of [0, 1] in.
        """
        values = numpy.asarray(inputs)
        if values.ndim != 4:
            raise ValueError(f"inputs must be [n, channels, height, width], were of shape {list(values.shape)}")
        values = numpy.ascontiguousarray(values, dtype="<f4")
        how: Dict[str, Any] = dict(search or {})
        for name in how:
            if name not in _SEARCHES:
                raise ValueError(f"search must be one of {', '.join(_SEARCHES)}, was {name!r}")
        if radius is not None:
            how["radius"] = radius
        header = message("SearchHeader", trial_id=trial_id, search=from_dict("CriticalSamples", how), clip=clip,
                         any_range=any_range)
        if epoch is not None:
            header.epoch = epoch
        found = [sample
                 for part in self._service("metrics").exchange("FindCriticalSamples", _examples(header, values))
                 for sample in part.samples]
        if len(found) != len(values):
            raise RoteError("DATA_LOSS", f"{len(values)} examples were sent and {len(found)} answers came: ask again")
        return _samples(found, values)


def _examples(header: Any, values: numpy.ndarray) -> Iterator[Any]:
    yield message("FindCriticalSamplesRequest", header=header)
    _, channels, height, width = values.shape
    shape = message("Shape", channels=channels, height=height, width=width)
    block = max(1, _BLOCK_BYTES // max(1, 4 * channels * height * width))
    for start in range(0, len(values), block):
        part = values[start:start + block]
        yield message("FindCriticalSamplesRequest", examples=message(
            "Examples", shape=shape, inputs=part.tobytes(), count=len(part)))


def _samples(found: List[Any], values: numpy.ndarray) -> CriticalSamples:
    adversarial = numpy.full(values.shape, numpy.nan, dtype="float32")
    for at, sample in enumerate(found):
        if sample.adversarial:
            adversarial[at] = numpy.frombuffer(sample.adversarial, dtype="<f4").reshape(values.shape[1:])

    def of(field: str, kind: str) -> numpy.ndarray:
        return numpy.array([getattr(sample, field) for sample in found], dtype=kind)

    return CriticalSamples(of("critical", "bool"), of("predicted", "int64"), of("adversarial_class", "int64"),
                           of("iterations", "int64"), adversarial)


def _shape(sweep: Union[Mapping[str, Any], str, pathlib.Path]) -> Any:
    """A sweep as the dictionary that its JSON is."""
    if isinstance(sweep, Mapping):
        return dict(sweep)
    if isinstance(sweep, pathlib.Path) or "\n" not in sweep and not sweep.lstrip().startswith("{"):
        text = pathlib.Path(sweep).read_text(encoding="utf-8")
    else:
        text = sweep
    if text.lstrip().startswith("{"):
        values = json.loads(text)
    else:
        values = _yaml(text)
    if not isinstance(values, dict):
        raise ValueError("a sweep is a mapping with apiVersion, kind, metadata and spec")
    return values


def _yaml(text: str) -> Any:
    try:
        import yaml
    except ImportError as error:
        raise ImportError("sweeps as YAML need PyYAML: pip install pyyaml, or submit a dictionary or JSON") from error
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"this is no YAML: {error}") from error


def connect(
    address: Optional[str] = None,
    *,
    state: Union[str, pathlib.Path] = ".rote",
    token: Optional[str] = None,
    timeout: float = 60,
    **addresses: str,
) -> Client:
    """Connects to the services.

    An address that is not given is that of the environment (ROTE_SWEEPS, ROTE_TRAINER, ROTE_METRICS, as ``./rote env``
    prints them), else that of the local stack whose state directory is `state`.

    Args:
        address: HOST:PORT of the sweeps service, https://HOST:PORT where it is encrypted (ROTE_TLS_CA names a file of the
            authorities to believe, where they are not the system's).
        state: state directory of a local stack.
        token: the key that calls show; None: ROTE_TOKEN, or else the local stack's own, which is shown to it alone, or else what ``rote login`` kept.
        timeout: seconds that a single answer may take.
        addresses: HOST:PORT by service: ``trainer``, ``metrics``.

    Raises:
        RoteError: nothing says where the sweeps service is.
    """
    for name in addresses:
        if name not in _PLACES:
            raise TypeError(f"there is no service {name!r}; there are {', '.join(_PLACES)}")
    known = dict(addresses)
    if address is not None:
        known["sweeps"] = address
    for name, (variable, _) in _PLACES.items():
        if name not in known and os.environ.get(variable):
            known[name] = os.environ[variable]
    stack = _local(pathlib.Path(state))
    for name, address_there in stack.addresses.items():
        known.setdefault(name, address_there)
    if "sweeps" not in known:
        raise RoteError(
            "UNAVAILABLE",
            f"no stack was started in {state}, and ROTE_SWEEPS is not set: start one with ./rote up, or give the address")
    given = token or os.environ.get("ROTE_TOKEN")
    return Client(
        known, lambda at: given or (stack.token if at in stack.addresses.values() else _kept()), timeout)


def _kept() -> Optional[str]:
    """What ``rote login`` kept; None where there is none, or where others can read it."""
    configuration = os.environ.get("XDG_CONFIG_HOME") or str(pathlib.Path.home() / ".config")
    file = pathlib.Path(configuration) / "rote" / "token"
    if not file.is_file():
        return None
    if file.stat().st_mode & 0o077:
        raise RoteError("UNAUTHENTICATED", f"{file} can be read by others: chmod 600 {file}, or log in again")
    return file.read_text(encoding="utf-8").strip() or None


class _Stack(NamedTuple):
    """A local stack: where its services listen, and the key that they ask for."""

    addresses: Dict[str, str]
    token: Optional[str]


def _local(state: pathlib.Path) -> _Stack:
    """The stack of a state directory; without addresses if none was started there, or it is another user's."""
    record = state / "stack.json"
    if not record.is_file() or not os.access(record, os.R_OK):
        return _Stack({}, None)
    values = json.loads(record.read_text(encoding="utf-8"))
    ports = values.get("ports", {})
    return _Stack({name: f"127.0.0.1:{ports[name]}" for name in _PLACES if name in ports}, values.get("token"))
