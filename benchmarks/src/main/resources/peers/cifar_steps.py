"""Losses of PyTorch's ResNet-18 over its first 20 steps on CIFAR-10, on one thread and on two.

Prints the table that ResnetOnCifarSuite reads:

    cd engines/agreement/src/main/resources/dev/rote/agreement
    python3 ../../../../../../../../benchmarks/src/main/resources/peers/cifar_steps.py DATASETS > cifar-steps.tsv

DATASETS has cifar-10-batches-bin. The recipe is that of k8s/sweeps/networks/resnet18-cifar10.yaml at its first rate,
without what it draws: batches are the file's first 2560 images in order, none is cropped or flipped, and weights are the
formulas of presets.py. Written for torch 1.13.
"""
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import presets

BATCH, STEPS, ROW = 128, 20, 3073
MEAN = np.array([0.4914, 0.4824, 0.4467], np.float32).reshape(1, 3, 1, 1)
DEVIATION = np.array([0.2471, 0.2435, 0.2616], np.float32).reshape(1, 3, 1, 1)


def batches(datasets):
    raw = np.fromfile(Path(datasets) / "cifar-10-batches-bin" / "data_batch_1.bin", np.uint8, BATCH * STEPS * ROW)
    rows = raw.reshape(STEPS, BATCH, ROW)
    for step in rows:
        pixels = step[:, 1:].reshape(BATCH, 3, 32, 32).astype(np.float32) / np.float32(255)
        yield torch.from_numpy((pixels - MEAN) / DEVIATION), torch.from_numpy(step[:, 0].astype(np.int64))


def losses(threads, datasets):
    torch.set_num_threads(threads)
    network = presets.TWINS["resnet18"][0]()
    presets.fill(network)
    network.train()
    optimizer = torch.optim.SGD(network.parameters(), 0.1, 0.9, weight_decay=5e-4, nesterov=True)
    for x, y in batches(datasets):
        optimizer.zero_grad()
        loss = F.cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        yield loss.item()


def main():
    print("# benchmarks/src/main/resources/peers/cifar_steps.py, torch", torch.__version__)
    for threads in (1, 2):
        print(f"threads-{threads}", *map(repr, losses(threads, sys.argv[1])), sep="\t", flush=True)


if __name__ == "__main__":
    main()
