"""What users do with the package, on a running stack: ROTE_SWEEPS, ROTE_TRAINER and ROTE_METRICS say where it is."""

import json
import os
import pathlib
import tempfile
import time
import unittest

import numpy
import rote

SWEEP = {
    "apiVersion": "rote.dev/v1",
    "kind": "Sweep",
    "metadata": {"name": "from-python"},
    "spec": {
        "trial": {
            "dataset": {"name": "strokes", "trainSize": 200, "validationSize": 100},
            "model": {"mlp": {"hidden": [16]}},
            "optimizer": {"learningRate": 0.1},
            "training": {"epochs": 2, "batchSize": 32},
            "seed": 4711,
        },
        "axes": [{"name": "data", "points": [
            {"label": "real"},
            {"label": "randY", "set": {"corruption": {"labels": {"rule": "RANDOM"}}}}]}],
        "repetitions": 2,
        "measurements": [
            {"name": "errors", "exampleErrors": {"examples": {"count": 50}}, "epochs": [2]},
            {"name": "forgotten", "dynamics": {}}],
        "figures": [{
            "name": "accuracy",
            "title": "Accuracy over training",
            "panels": [{"title": "Training", "curves": {"metrics": [{"kind": "TRAIN_ACCURACY"}]}}],
            "claims": [{"claim": "Training ends above chance on real labels.",
                        "value": {"metric": {"kind": "TRAIN_ACCURACY"}, "label": "real"}, "threshold": 0.12}]}],
    },
}


class SweepTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = rote.connect()
        cls.sweep = cls.client.submit(SWEEP).watch()

    @classmethod
    def tearDownClass(cls):
        cls.client.close()

    def test_ends_completed_with_counts(self):
        status = self.sweep.status()
        self.assertEqual(status.phase, "COMPLETED")
        self.assertTrue(status.ended)
        self.assertEqual((status.trials["total"], status.trials["done"]), (4, 4))
        self.assertEqual(status.failures, [])

    def test_is_the_same_sweep_when_submitted_again(self):
        self.assertEqual(self.client.submit(SWEEP).id, self.sweep.id)
        self.assertEqual(self.client.submit(json.dumps(SWEEP)).id, self.sweep.id)
        self.assertEqual(self.client.sweep("from-python").id, self.sweep.id)
        self.assertIn(self.sweep.id, [found.id for found in self.client.sweeps()])

    def test_epochs_are_those_of_the_report(self):
        epochs = self.sweep.epochs()
        training = epochs.query("split == 'training' and part == 'all'")
        self.assertEqual(sorted(set(training.epoch)), [0, 1, 2])
        self.assertEqual(len(training), 12)
        means = training.groupby(["data", "epoch"]).accuracy.mean()
        figures = self.sweep.figures()
        drawn = figures.query("figure == 'accuracy'")
        self.assertEqual(len(drawn), 6)
        for row in drawn.itertuples():
            self.assertAlmostEqual(row.mean, means[row.series.split(",")[0].strip(), int(row.x)], places=12)

    def test_corrupted_part_is_missing_where_nothing_is_corrupted(self):
        epochs = self.sweep.epochs()
        parts = epochs.query("split == 'training'").groupby("data").part.unique()
        self.assertNotIn("corrupted", parts["real"])
        self.assertIn("corrupted", parts["randY"])

    def test_scores_join_by_source_index(self):
        losses = self.sweep.scores().query("score == 'loss' and data == 'real'")
        first, second = (losses[losses.repetition == at] for at in sorted(set(losses.repetition)))
        self.assertEqual(len(first), 50)
        self.assertEqual(str(losses.value.dtype), "float32")
        self.assertGreater(len(first.merge(second, on="source_index")), 0)

    def test_examples_have_a_row_for_each_epoch(self):
        examples = self.sweep.examples()
        self.assertEqual(len(examples), 4 * 3 * 200)
        last = examples[examples.epoch == 2]
        right = (last.prediction == last.label).groupby(last.trial).mean()
        ends = self.sweep.epochs().query("epoch == 2 and split == 'training' and part == 'all'").set_index("trial")
        for trial, share in right.items():
            self.assertAlmostEqual(share, ends.accuracy[trial], places=12)

    def test_trials_claims_and_measurements(self):
        self.assertEqual(list(self.sweep.trials().state), ["done"] * 4)
        claims = self.sweep.claims()
        self.assertEqual(list(claims.claim), ["Training ends above chance on real labels."])
        ends = self.sweep.epochs().query("epoch == 2 and split == 'training' and part == 'all'").set_index("trial")
        real = ends[ends.data == "real"].accuracy.mean()
        self.assertAlmostEqual(claims.statistic[0], real, places=12)
        self.assertEqual(claims.verdict[0], "holds" if real > 0.12 else "does not hold")
        measurements = self.sweep.measurements().query("measurement == 'forgotten' and epoch == 2")
        right = measurements[measurements.quantity == "right"].set_index("trial").value
        self.assertEqual(len(right), 4)
        for trial, share in right.items():
            self.assertAlmostEqual(share, ends.accuracy[trial], places=12)

    def test_weights_predict_what_the_service_predicts(self):
        weights = self.sweep.weights(0)
        self.assertEqual({name: array.shape for name, array in weights.items()}, {
            "layer0/weights": (784, 16), "layer0/biases": (16,), "layer1/weights": (16, 10), "layer1/biases": (10,)})
        inputs = self.inputs(50)
        hidden = numpy.maximum(inputs.reshape(50, 784) @ weights["layer0/weights"] + weights["layer0/biases"], 0)
        logits = hidden @ weights["layer1/weights"] + weights["layer1/biases"]
        found = self.client.critical_samples(self.sweep.trials().trial_id[0], inputs, radius=1, search={"fgsm": {}})
        self.assertEqual(list(found.predicted), list(logits.argmax(axis=1)))
        before = self.sweep.weights(0, epoch=0)
        self.assertEqual(set(before), set(weights))
        self.assertTrue((before["layer0/weights"] != weights["layer0/weights"]).any())

    def test_critical_samples_lie_within_the_radius(self):
        trial = self.sweep.trials().trial_id[0]
        inputs = self.inputs(20)
        found = self.client.critical_samples(trial, inputs, radius=64, search={"fgsm": {}})
        self.assertEqual(len(found.critical), 20)
        self.assertTrue(found.critical.any())
        near = numpy.abs(found.adversarial - inputs)[found.critical]
        self.assertLessEqual(near.max(), 64 / 255 + 1e-6)
        self.assertTrue((found.adversarial_class != found.predicted)[found.critical].all())
        self.assertTrue(numpy.isnan(found.adversarial[~found.critical]).all())

    @staticmethod
    def inputs(count):
        return numpy.random.default_rng(1).random((count, 1, 28, 28), dtype="float32")

    def test_figure_and_report(self):
        figure = self.sweep.figure("accuracy")
        self.assertIn("<svg", figure._repr_mimebundle_()["image/svg+xml"])
        self.assertEqual(self.sweep.figure("accuracy", "png").data[:4], b"\x89PNG")
        with self.assertRaisesRegex(KeyError, "it has accuracy"):
            self.sweep.figure("fig7")
        with tempfile.TemporaryDirectory() as directory:
            root = self.sweep.report(directory)
            self.assertTrue((root / "report.html").is_file())
            self.assertEqual((root / "figures" / "accuracy.svg").read_bytes(), figure.data)


class RefusalTest(unittest.TestCase):
    def setUp(self):
        self.client = rote.connect()
        self.addCleanup(self.client.close)

    def changed(self, **trial):
        sweep = json.loads(json.dumps(SWEEP))
        sweep["spec"]["trial"].update(trial)
        return sweep

    def test_says_what_the_service_refuses(self):
        with self.assertRaises(rote.RoteError) as refused:
            self.client.validate(self.changed(optimizer={"learningRate": -1}))
        self.assertEqual(refused.exception.code, "INVALID_ARGUMENT")
        self.assertIn("learning", refused.exception.details)

    def test_names_the_place_of_a_field_that_is_not_there(self):
        with self.assertRaisesRegex(ValueError, r'^Message type .* no field named "momemtum" at "Sweep\.spec\.trial\.optimizer"'):
            self.client.submit(self.changed(optimizer={"momemtum": 0.9}))

    def test_refuses_what_is_no_sweep(self):
        with self.assertRaisesRegex(ValueError, "mapping"):
            self.client.submit("- a\n- b\n")
        with self.assertRaises(FileNotFoundError):
            self.client.submit("no-such-file.yaml")

    def test_says_which_sweep_is_not_there(self):
        with self.assertRaises(rote.RoteError) as refused:
            self.client.sweep("nobody-has-this-one")
        self.assertEqual(refused.exception.code, "NOT_FOUND")

    def test_refuses_a_frame_a_figure_and_a_search_that_do_not_exist(self):
        sweep = rote.Sweep(self.client, "x", "x")
        with self.assertRaisesRegex(ValueError, "pandas, polars"):
            sweep.table("epochs", "arrow")
        with self.assertRaisesRegex(ValueError, "svg or png"):
            sweep.figure("accuracy", "gif")
        with self.assertRaisesRegex(ValueError, "lass, fgsm, pgd"):
            self.client.critical_samples("x", numpy.zeros((1, 1, 2, 2)), search={"fgsn": {}})
        with self.assertRaisesRegex(ValueError, r"\[4, 3\]"):
            self.client.critical_samples("x", numpy.zeros((4, 3)))

    def test_cancelled_sweep_is_no_success(self):
        unending = self.changed(training={"epochs": 2000, "batchSize": 1}, seed=time.time_ns() % 2**31)
        unending["metadata"]["name"] = "from-python-cancelled"
        sweep = self.client.submit(unending)
        sweep.pause()
        sweep.cancel()
        with self.assertRaises(rote.RoteError) as ended:
            sweep.watch()
        self.assertEqual(ended.exception.code, "CANCELLED")
        self.assertTrue(sweep.status().ended)


class ConnectionTest(unittest.TestCase):
    def test_says_where_nothing_answers(self):
        with rote.connect("127.0.0.1:9") as client, self.assertRaises(rote.RoteError) as refused:
            client.sweep("any")
        self.assertEqual(refused.exception.code, "UNAVAILABLE")
        self.assertIn("127.0.0.1:9", refused.exception.details)

    def test_finds_a_local_stack_by_its_state(self):
        address = os.environ.pop("ROTE_SWEEPS")
        self.addCleanup(os.environ.__setitem__, "ROTE_SWEEPS", address)
        with tempfile.TemporaryDirectory() as state:
            with self.assertRaisesRegex(rote.RoteError, "no stack was started"):
                rote.connect(state=state)
            port = int(address.rsplit(":", 1)[1])
            pathlib.Path(state, "stack.json").write_text(json.dumps({"ports": {"sweeps": port}}))
            with rote.connect(state=state) as client:
                self.assertEqual(client.validate(SWEEP), [])


if __name__ == "__main__":
    unittest.main()
