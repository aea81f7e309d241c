"""Training steps of PyTorch: arguments are the directory of the files, the model, batch and threads."""
import sys

import numpy
import torch
from torch import nn

from contestant import serve

directory, model, batch, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(threads)


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
    inputs = floats("inputs", (batch, int(width)))
    network = mlp(int(width), [int(units) for units in hidden.split(",")])
else:
    inputs = floats("inputs", (batch, 3, 32, 32))[:, :, 2:30, 2:30].contiguous()
    network = cnn()
labels = torch.from_numpy(numpy.fromfile(f"{directory}/labels", dtype="<i4").astype("int64"))
optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = criterion(network(inputs), labels)
    loss.backward()
    optimizer.step()
    return loss


def run(times):
    for _ in range(times):
        step()


serve(lambda: [step().item() for _ in range(5)], run)
