"""What needs packages that many lack: polars, and a kernel that runs the example notebook. Without them there is no test."""

import importlib.util
import pathlib
import unittest

import numpy
from rote import frames
from test_against_a_stack import SWEEP

NOTEBOOK = pathlib.Path(__file__).resolve().parent.parent / "examples" / "first_study.ipynb"


def installed(*names):
    return all(importlib.util.find_spec(name) is not None for name in names)


if installed("polars"):

    class PolarsTest(unittest.TestCase):
        def test_columns_keep_their_types_and_what_is_missing_is_null(self):
            import polars

            frame = frames.polars_frame(
                {"name": numpy.array(["a", "b"], dtype=object), "count": numpy.array([1, 0]),
                 "loss": numpy.array([0.5, 0], dtype="float32"), "mean": numpy.array([0.25, numpy.nan]),
                 "right": numpy.array([True, False])},
                {"count": numpy.array([False, True]), "loss": numpy.array([False, True]),
                 "right": numpy.array([False, True])})
            self.assertEqual(frame.schema, {"name": polars.String, "count": polars.Int64, "loss": polars.Float32,
                                            "mean": polars.Float64, "right": polars.Boolean})
            self.assertEqual(frame.null_count().row(0), (0, 1, 1, 0, 1))
            self.assertEqual(frame.row(0), ("a", 1, 0.5, 0.25, True))

        def test_a_sweeps_curves_are_those_of_pandas(self):
            import rote

            with rote.connect() as client:
                sweep = next(client.sweeps(), None)
                sweep = client.submit(SWEEP).watch()
                curves = sweep.epochs(frame="polars")
                self.assertEqual(curves["accuracy"].to_list(), sweep.epochs().accuracy.tolist())


if installed("nbclient", "nbformat", "ipykernel"):

    class NotebookTest(unittest.TestCase):
        def test_a_kernel_shows_the_bar_and_the_figure(self):
            import nbclient
            import nbformat

            book = nbformat.read(NOTEBOOK, as_version=4)
            nbclient.NotebookClient(book, timeout=300, kernel_name="python3").execute()
            cells = [cell for cell in book.cells if cell.cell_type == "code"]
            shown = [output.data for output in cells[0].outputs if output.output_type == "display_data"]
            self.assertEqual(len(shown), 1)
            self.assertIn('<progress max="100" value="100">', shown[0]["text/html"])
            self.assertIn("completed", shown[0]["text/html"])
            self.assertIn("<svg", cells[1].outputs[0].data["image/svg+xml"])
            self.assertIn("<table", cells[2].outputs[0].data["text/html"])


if __name__ == "__main__":
    unittest.main()
