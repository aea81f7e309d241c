"""What a service refused, or why it could not be asked."""

from __future__ import annotations

import grpc


class RoteError(Exception):
    """A call that a service refused or that did not reach it.

    Attributes:
        code: gRPC's word for it, such as ``NOT_FOUND`` or ``INVALID_ARGUMENT``.
        details: the service's sentence: what was wrong, where, and what to write instead.
    """

    def __init__(self, code: str, details: str):
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details

    @classmethod
    def of(cls, error: grpc.RpcError, address: str) -> "RoteError":
        code = error.code().name
        details = error.details() or "no reason was given"
        if code == "UNAVAILABLE":
            details = f"nothing answers at {address} ({details}): start a stack with ./rote up"
        return cls(code, details)
