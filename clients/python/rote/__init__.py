"""Rote from Python: submit sweeps, follow them, and hold what they found.

    import rote

    sweep = rote.connect().submit("docs/first-study.yaml").watch()
    curves = sweep.epochs()

Everything is computed by the services; this package asks and hands over.
"""

from rote.client import Client, CriticalSamples, connect
from rote.errors import RoteError
from rote.sweep import Figure, Status, Sweep

__all__ = ["Client", "CriticalSamples", "Figure", "RoteError", "Status", "Sweep", "connect"]
