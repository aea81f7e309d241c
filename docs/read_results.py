"""Reads what a sweep found: curves of every trial, arrays of a measurement, weights of a checkpoint.

    PYTHONPATH=stubs python3 docs/read_results.py SWEEP OUT [BUCKET]

ROTE_SWEEPS, ROTE_TRAINER and ROTE_METRICS say where the services listen, ROTE_TOKEN holds the key that they ask for. BUCKET is the directory of a local stack's
objects, such as .rote/object-store/rote. docs/reading-results.md tells what is done here, and how stubs are made.
"""

import array
import csv
import os
import struct
import sys

import grpc
from rote.v1 import metrics_pb2, metrics_pb2_grpc, spec_pb2, sweeps_pb2, sweeps_pb2_grpc
from rote.v1 import training_pb2, training_pb2_grpc


COLUMNS = {"trial", "repetition", "epoch", "steps"} | {
    part + value for part in ("train", "validation", "corrupted", "clean") for value in ("_accuracy", "_loss")}

KEY = [("authorization", "Bearer " + os.environ["ROTE_TOKEN"])] if os.environ.get("ROTE_TOKEN") else []


def channel(variable):
    if variable not in os.environ:
        sys.exit(f'{variable} is not set: start a stack (./rote up), then eval "$(./rote env)"')
    return grpc.insecure_channel(os.environ[variable])


def column(axis, axes):
    """The axis' name, with a prefix where a column of ours has it, as in the tables of reports."""
    name = axis
    while name in COLUMNS or (name != axis and name in axes):
        name = "axis_" + name
    return name


def labels(trial):
    """Labels by the column of their axis."""
    return {column(axis, trial.labels): label for axis, label in trial.labels.items()}


def trials(sweeps, sweep):
    """All trials of a sweep, page by page."""
    token = ""
    while True:
        page = sweeps.ListTrials(
            sweeps_pb2.ListTrialsRequest(sweep=sweep, page_size=100, page_token=token), metadata=KEY)
        yield from page.trials
        token = page.next_page_token
        if not token:
            return


def curves(trial, result):
    """A row for each epoch of a trial, with its labels on the axes."""
    for epoch in result.history:
        row = {"trial": trial.index, "repetition": trial.repetition, **labels(trial)}
        row.update(epoch=epoch.epoch, steps=epoch.steps)
        for part in ("train", "validation", "corrupted", "clean"):
            record = getattr(epoch, part)
            row[part + "_accuracy"] = record.accuracy
            row[part + "_loss"] = record.loss
        yield row


def example_errors(metrics, trial_id):
    """The loss of each training example after the last epoch, and whether the network errs on it."""
    spec = spec_pb2.MeasurementSpec(final_only=True)
    spec.example_errors.examples.split = spec_pb2.ExampleSelection.TRAINING
    spec.example_errors.examples.count = 100
    measured = metrics.MeasureTrial(
        metrics_pb2.MeasureTrialRequest(trial_id=trial_id, measurement=spec), metadata=KEY).measurement
    values = measured.checkpoints[-1].example_errors
    for i in range(values.examples):
        wrong = values.errors[i // 8] >> (i % 8) & 1
        yield {"example": i, "label": values.labels[i], "loss": values.losses[i], "wrong": wrong}


def tensors(checkpoint):
    """Name to (shape, values in row-major order) of the tensors in the bytes of a checkpoint."""
    if checkpoint[:8] != b"ROTECKPT":
        raise ValueError("this is no checkpoint")
    (length,) = struct.unpack_from("<i", checkpoint, 8)
    header = training_pb2.CheckpointHeader.FromString(checkpoint[12:12 + length])
    at = 12 + length
    found = {}
    for tensor in header.tensors:
        count = 1
        for size in tensor.shape:
            count *= size
        values = array.array("f", checkpoint[at:at + 4 * count])
        if sys.byteorder == "big":
            values.byteswap()
        found[tensor.name] = (tuple(tensor.shape), values)
        at += 4 * count
    return found


def write(path, rows):
    rows = list(rows)
    with open(path, "w", newline="") as out:
        table = csv.DictWriter(out, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
    print(f"{path}: {len(rows)} rows")


def main(sweep, out, bucket=None):
    sweeps = sweeps_pb2_grpc.SweepsServiceStub(channel("ROTE_SWEEPS"))
    trainer = training_pb2_grpc.TrainerServiceStub(channel("ROTE_TRAINER"))
    metrics = metrics_pb2_grpc.MetricsServiceStub(channel("ROTE_METRICS"))
    done = [t for t in trials(sweeps, sweep) if t.state == sweeps_pb2.TrialSummary.DONE]
    if not done:
        sys.exit(f"no trial of {sweep} is done yet")
    results = [
        trainer.GetTrial(training_pb2.GetTrialRequest(trial_id=t.trial_id), metadata=KEY).result
        for t in done]
    os.makedirs(out, exist_ok=True)
    write(os.path.join(out, "curves.csv"),
          (row for trial, result in zip(done, results) for row in curves(trial, result)))
    write(os.path.join(out, "errors.csv"), example_errors(metrics, done[0].trial_id))
    if bucket:
        key = results[0].checkpoints[-1].key
        with open(os.path.join(bucket, key), "rb") as checkpoint:
            for name, (shape, _) in tensors(checkpoint.read()).items():
                print(f"{key}: {name} {list(shape)}")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(f"{error.code().name}: {error.details()}")
