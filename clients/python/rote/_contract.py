"""Messages and calls of Rote's contract, made from its descriptor set.

No generated module is needed, so that one package serves old and new runtimes of protobuf: the set is data, and each
runtime makes its own classes of it.
"""

from __future__ import annotations

import os
import pathlib
import pkgutil
import re
from typing import Any, Iterable, Iterator, Optional, Sequence, Tuple

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import Message

from rote.errors import RoteError

_PACKAGE = "rote.v1."
_MOST_BYTES = 256 * 1024 * 1024
_ENCRYPTED = "https://"

# What json_format puts before the reason, once for each level.
_NESTED = re.compile(r"^(Failed to parse \w+ field: )+")


def _pool() -> descriptor_pool.DescriptorPool:
    try:
        data = pkgutil.get_data("rote", "contract.binpb") or b""
    except OSError as error:
        raise ImportError("these are the package's sources, without the contract: install the wheel that the build "
                          "leaves in clients/python/target") from error
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
        pool.AddSerializedFile(file.SerializeToString())
    return pool


_POOL = _pool()
_OLD = None if hasattr(message_factory, "GetMessageClass") else message_factory.MessageFactory(_POOL)


def _class(descriptor: Any) -> Any:
    if _OLD is not None:
        return _OLD.GetPrototype(descriptor)
    return message_factory.GetMessageClass(descriptor)


def message(name: str, **fields: Any) -> Message:
    """A message of the contract by its name, such as ``SubmitSweepRequest``."""
    return _class(_POOL.FindMessageTypeByName(_PACKAGE + name))(**fields)


def enum_name(of: Message, field: str) -> str:
    """The word of an enum's value, such as ``COMPLETED``."""
    values = of.DESCRIPTOR.fields_by_name[field].enum_type.values_by_number
    number = getattr(of, field)
    return values[number].name if number in values else str(number)


def from_dict(name: str, values: Any) -> Message:
    """A message from the shape that its JSON has.

    Raises:
        ValueError: a field that it does not have, or a value that the field does not take, with the place.
    """
    try:
        return json_format.ParseDict(values, message(name))
    except json_format.ParseError as error:
        raise ValueError(_NESTED.sub("", str(error)).rstrip(".")) from None


def to_dict(of: Message) -> Any:
    """The shape that a message's JSON has."""
    return json_format.MessageToDict(of)


def _certificates() -> grpc.ChannelCredentials:
    """What the variables ROTE_TLS_CA, ROTE_TLS_CERTIFICATE and ROTE_TLS_KEY name; without them the system's authorities."""
    files = {}
    for part in ("CA", "CERTIFICATE", "KEY"):
        named = os.environ.get("ROTE_TLS_" + part)
        files[part] = pathlib.Path(named).read_bytes() if named else None
    return grpc.ssl_channel_credentials(files["CA"], files["KEY"], files["CERTIFICATE"])


class Service:
    """Calls of one service."""

    def __init__(self, name: str, address: str, metadata: Sequence[Tuple[str, str]], seconds: float):
        self._descriptor = _POOL.FindServiceByName(_PACKAGE + name)
        self._name = name
        self._address = address
        self._metadata = metadata
        self._seconds = seconds
        options = [("grpc.max_receive_message_length", _MOST_BYTES)]
        if address.startswith(_ENCRYPTED):
            self._channel = grpc.secure_channel(address[len(_ENCRYPTED):], _certificates(), options=options)
        else:
            self._channel = grpc.insecure_channel(address, options=options)

    def close(self) -> None:
        self._channel.close()

    def _method(self, kind: str, name: str) -> Tuple[Any, Any]:
        method = self._descriptor.methods_by_name[name]
        request = _class(method.input_type)
        answer = _class(method.output_type)
        call = getattr(self._channel, kind)(
            f"/{_PACKAGE}{self._name}/{name}",
            request_serializer=lambda sent: sent.SerializeToString(),
            response_deserializer=answer.FromString)
        return call, request

    def call(self, method: str, **fields: Any) -> Message:
        """One request, one answer."""
        call, request = self._method("unary_unary", method)
        try:
            return call(request(**fields), timeout=self._seconds, metadata=self._metadata)
        except grpc.RpcError as error:
            raise RoteError.of(error, self._address) from error

    def stream(self, method: str, **fields: Any) -> Iterator[Message]:
        """One request, answers as they come."""
        call, request = self._method("unary_stream", method)
        return self._answers(call(request(**fields), metadata=self._metadata))

    def exchange(self, method: str, requests: Iterable[Message]) -> Iterator[Message]:
        """Requests as they are wanted, answers as they come."""
        call, _ = self._method("stream_stream", method)
        return self._answers(call(iter(requests), metadata=self._metadata))

    def _answers(self, answers: Any) -> Iterator[Message]:
        try:
            yield from answers
        except grpc.RpcError as error:
            raise RoteError.of(error, self._address) from error
        finally:
            answers.cancel()


def moment(of: Message, field: str) -> Optional[float]:
    """Seconds since 1970 of a timestamp, None where it is not set."""
    if not of.HasField(field):
        return None
    stamp = getattr(of, field)
    return float(stamp.seconds + stamp.nanos * 1e-9)
