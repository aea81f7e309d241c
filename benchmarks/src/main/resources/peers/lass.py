"""The authors' search for critical samples in PyTorch.

Arguments: directory of the files, model, examples, threads, radius in grey levels, iterations.
All examples move in every iteration, and the prediction at the new points is a pass of its own.
"""
import sys

import numpy
import torch
from torch import nn

from contestant import serve

directory, model = sys.argv[1:3]
examples, threads = int(sys.argv[3]), int(sys.argv[4])
radius, iterations = float(sys.argv[5]) / 255, int(sys.argv[6])
alpha, beta = 0.25 / 255, 0.2 / 255
torch.set_num_threads(threads)
torch.manual_seed(1)


def floats(name, shape):
    return torch.from_numpy(numpy.fromfile(f"{directory}/{name}", dtype="<f4").reshape(shape))


def dense(number, inputs, units, biased):
    layer = nn.Linear(inputs, units, bias=biased)
    with torch.no_grad():
        layer.weight.copy_(floats(f"layer{number}.weights", (inputs, units)).T)
        if biased:
            layer.bias.zero_()
    return layer


def mlp(inputs, hidden):
    layers = []
    for number, units in enumerate(hidden):
        layers += [dense(number, inputs, units, True), nn.ReLU()]
        inputs = units
    return nn.Sequential(*layers, dense(len(hidden), inputs, 10, True))


def cnn():
    layers, channels, side, number = [], 3, 28, 0
    for filters in (200, 200):
        convolution = nn.Conv2d(channels, filters, 5, bias=False)
        with torch.no_grad():
            convolution.weight.copy_(floats(f"layer{number}.weights", convolution.weight.shape))
        layers += [convolution, nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d(3, 3)]
        channels, side, number = filters, (side - 4) // 3, number + 1
    layers.append(nn.Flatten())
    width = channels * side * side
    for units in (384, 192):
        layers += [dense(number, width, units, False), nn.BatchNorm1d(units), nn.ReLU()]
        width, number = units, number + 1
    return nn.Sequential(*layers, dense(number, width, 10, True))


if model.startswith("mlp"):
    _, width, hidden = model.split(":")
    inputs = floats("inputs", (examples, int(width)))
    network = mlp(int(width), [int(units) for units in hidden.split(",")])
else:
    inputs = floats("inputs", (examples, 3, 32, 32))[:, :, 2:30, 2:30].contiguous()
    network = cnn()
network.eval().requires_grad_(False)
criterion = nn.CrossEntropyLoss(reduction="sum")


def search(noise):
    low, high = inputs - radius, inputs + radius
    with torch.no_grad():
        predicted = network(inputs).argmax(1)
    points = inputs.clone()
    critical = torch.zeros(examples, dtype=torch.bool)
    for _ in range(iterations):
        points.requires_grad_(True)
        (gradient,) = torch.autograd.grad(criterion(network(points), predicted), points)
        with torch.no_grad():
            points = points.detach() + alpha * gradient.sign()
            if noise > 0:
                points += noise * torch.randn_like(points)
            points = torch.minimum(torch.maximum(points, low), high)
            critical |= network(points).argmax(1) != predicted
        if critical.all():
            break
    return critical.double().mean().item()


def run(times):
    for _ in range(times):
        search(beta)


serve(lambda: (search(0), search(beta)), run)
