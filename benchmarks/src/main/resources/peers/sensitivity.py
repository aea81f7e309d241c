"""Loss-sensitivities by automatic differentiation through the unrolled training: arguments are the
directory of the files, the case, and whether the losses go back together or apart."""
import sys

import numpy
import torch
from torch.nn import functional

from contestant import serve

directory, mode = sys.argv[1], sys.argv[3]
hidden, steps, tail, every = (int(word) for word in sys.argv[2].split(","))
torch.set_num_threads(1)
BATCH, RATE, CLASSES, CHECKED = 32, 0.05, 10, 20


def read(name, kind):
    return torch.from_numpy(numpy.fromfile(f"{directory}/{name}", dtype=kind))


labels = read("labels", "<i4").long()
inputs = read("inputs", "<f4").reshape(len(labels), -1)
batches = read("batches", "<i4").long().reshape(steps, BATCH)
examples, width = inputs.shape
first = []
for number, (rows, columns) in enumerate([(width, hidden), (hidden, hidden), (hidden, CLASSES)]):
    first.append(read(f"layer{number}.weights", "<f4").reshape(rows, columns).requires_grad_())
    first.append(torch.zeros(columns, requires_grad=True))


def loss(w, x, y):
    x = torch.relu(torch.addmm(w[1], x, w[0]))
    x = torch.relu(torch.addmm(w[3], x, w[2]))
    return functional.cross_entropy(torch.addmm(w[5], x, w[4]), y)


def unrolled():
    """The batch of each step, a leaf of its own (one leaf for all examples would be filled anew by
    every step), and the losses, whose own batches do not count."""
    w, leaves, losses = first, [], []
    for step in range(steps):
        batch = batches[step]
        x, y = inputs[batch], labels[batch]
        if step >= steps - tail and (step - max(0, steps - tail)) % every == 0:
            losses.append(loss(w, x, y))
        x = x.clone().requires_grad_()
        leaves.append(x)
        gradients = torch.autograd.grad(loss(w, x, y), w, create_graph=True)
        w = [p - RATE * g for p, g in zip(w, gradients)]
    return leaves, losses


def together():
    leaves, losses = unrolled()
    influences = torch.zeros(len(losses), examples, width)
    gradients = torch.autograd.grad(
        torch.stack(losses), leaves, torch.eye(len(losses)), is_grads_batched=True, allow_unused=True)
    for batch, gradient in zip(batches, gradients):
        if gradient is not None:
            influences.index_add_(1, batch, gradient)
    return influences.abs().sum((0, 2))


def apart():
    leaves, losses = unrolled()
    sums = torch.zeros(examples)
    for value in losses:
        influences = torch.zeros(examples, width)
        gradients = torch.autograd.grad(value, leaves, retain_graph=True, allow_unused=True)
        for batch, gradient in zip(batches, gradients):
            if gradient is not None:
                influences.index_add_(0, batch, gradient)
        sums += influences.abs().sum(1)
    return sums


def run(times):
    for _ in range(times):
        sensitivities()


sensitivities = together if mode == "together" else apart
serve(lambda: sensitivities()[:CHECKED].tolist(), run)
