"""Training steps of PyTorch: arguments are the directory of the files, the model, batch, threads and rate,
and on a card "cuda" and in how many processes at once the same is done."""
import sys
from multiprocessing import get_context

import numpy
import torch
from torch import nn

import presets
from contestant import serve


def floats(directory, name, shape):
    return torch.from_numpy(numpy.fromfile(f"{directory}/{name}", dtype="<f4").reshape(shape))


def dense(directory, number, inputs, units, biased):
    layer = nn.Linear(inputs, units, bias=biased)
    with torch.no_grad():
        layer.weight.copy_(floats(directory, f"layer{number}.weights", (inputs, units)).T)
        if biased:
            layer.bias.zero_()
    return layer


def mlp(directory, inputs, hidden):
    layers = []
    for number, units in enumerate(hidden):
        layers += [dense(directory, number, inputs, units, True), nn.ReLU()]
        inputs = units
    return nn.Sequential(*layers, dense(directory, len(hidden), inputs, 10, True))


def cnn(directory):
    layers, channels, side, number = [], 3, 28, 0
    for filters in (200, 200):
        convolution = nn.Conv2d(channels, filters, 5, bias=False)
        with torch.no_grad():
            shape = convolution.weight.shape
            convolution.weight.copy_(floats(directory, f"layer{number}.weights", shape))
        layers += [convolution, nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d(3, 3)]
        channels, side, number = filters, (side - 4) // 3, number + 1
    layers.append(nn.Flatten())
    width = channels * side * side
    for units in (384, 192):
        layers += [dense(directory, number, width, units, False), nn.BatchNorm1d(units), nn.ReLU()]
        width, number = units, number + 1
    return nn.Sequential(*layers, dense(directory, number, width, 10, True))


def preset(directory, name):
    """The twin of a preset with Rote's tensors; batch norm starts at its identity in both."""
    network = presets.TWINS[name][0]()
    for key, tensor in network.named_parameters():
        if tensor.dim() > 1:
            shape = tensor.shape if tensor.dim() == 4 else tensor.shape[::-1]
            values = floats(directory, presets.name_of(key).replace("/", ".") + "s", shape)
            with torch.no_grad():
                tensor.copy_(values if tensor.dim() == 4 else values.T)
        elif key == "fc.bias":
            nn.init.zeros_(tensor)
    return network


def prepare(directory, model, batch, threads, rate, device):
    """One step of a fresh network, which returns its loss."""
    torch.set_num_threads(int(threads))
    torch.backends.cudnn.allow_tf32 = False  # float32, as everyone here
    if model.startswith("mlp"):
        _, width, hidden = model.split(":")
        inputs = floats(directory, "inputs", (int(batch), int(width)))
        network = mlp(directory, int(width), [int(units) for units in hidden.split(",")])
    elif model in presets.TWINS:
        inputs = floats(directory, "inputs", (int(batch), 3, 32, 32))
        network = preset(directory, model)
    else:
        inputs = floats(directory, "inputs", (int(batch), 3, 32, 32))[:, :, 2:30, 2:30].contiguous()
        network = cnn(directory)
    labels = torch.from_numpy(numpy.fromfile(f"{directory}/labels", dtype="<i4").astype("int64"))
    network, inputs, labels = network.to(device), inputs.to(device), labels.to(device)
    optimizer = torch.optim.SGD(network.parameters(), lr=float(rate))
    criterion = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(network(inputs), labels)
        loss.backward()
        optimizer.step()
        return loss

    return step


def repeat(step, times, device):
    for _ in range(times):
        step()
    if device == "cuda":
        torch.cuda.synchronize()


def work(arguments, orders):
    step = prepare(*arguments)
    while True:
        repeat(step, orders.recv(), arguments[-1])
        orders.send("done")


def together(processes, arguments):
    """Does a number of steps in each process at once."""
    context = get_context("spawn")
    orders = []
    for _ in range(processes):
        ours, theirs = context.Pipe()
        context.Process(target=work, args=(arguments, theirs), daemon=True).start()
        orders.append(ours)

    def run(times):
        for pipe in orders:
            pipe.send(times)
        for pipe in orders:
            pipe.recv()

    return run


if __name__ == "__main__":
    given = sys.argv[1:6] + [sys.argv[6] if len(sys.argv) > 6 else "cpu"]
    count = int(sys.argv[7]) if len(sys.argv) > 7 else 1
    checked = prepare(*given)
    run = together(count, given) if count > 1 else lambda times: repeat(checked, times, given[-1])
    serve(lambda: [checked().item() for _ in range(5)], run)
