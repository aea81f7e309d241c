"""A bar that follows a sweep: in a notebook, on a terminal, or as a line now and then."""

from __future__ import annotations

import html
import importlib
import sys
from typing import Any, Optional


def duration(seconds: float) -> str:
    """Such as ``2 min 5 s``."""
    whole = int(round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _notebook() -> Optional[Any]:
    """IPython's shell where a kernel runs it."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell if shell is not None and hasattr(shell, "kernel") else None


class Bar:
    """Shows a share and a line beside it."""

    def __init__(self, name: str):
        self._name = name
        self._shell = _notebook()
        self._handle: Optional[Any] = None
        self._shown = -1

    def show(self, share: float, line: str) -> None:
        percent = int(100 * share)
        if self._shell is not None:
            self._show_in_notebook(percent, line)
        elif sys.stderr.isatty():
            print(f"\r\x1b[K{self._name}: {percent:3d} %  {line}", end="", file=sys.stderr, flush=True)
        elif percent // 10 != self._shown // 10 or self._shown < 0:
            print(f"{self._name}: {percent:3d} %  {line}", file=sys.stderr, flush=True)
        self._shown = percent

    def _show_in_notebook(self, percent: int, line: str) -> None:
        shows: Any = importlib.import_module("IPython.display")
        page = shows.HTML(
            f'<progress max="100" value="{percent}"></progress> {html.escape(self._name)}: {percent} % '
            f"{html.escape(line)}")
        if self._handle is None:
            self._handle = shows.display(page, display_id=True)
        else:
            self._handle.update(page)

    def end(self) -> None:
        if self._shell is None and sys.stderr.isatty():
            print(file=sys.stderr)
