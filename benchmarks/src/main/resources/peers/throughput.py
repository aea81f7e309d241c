"""100 trainings as a researcher scripts them: arguments are a directory for results and "threads" or "processes"."""
import functools
import json
import sys
import time
from multiprocessing import get_context

import numpy
import torch
from torch import nn

directory, mode = sys.argv[1], sys.argv[2]
TRIALS, WARM_UP, EPOCHS, BATCH, RATE = 100, 4, 20, 32, 0.1


@functools.cache
def data():
    draws = numpy.random.default_rng(0)
    inputs = torch.from_numpy(draws.normal(size=(1500, 784)).astype("float32"))
    labels = torch.from_numpy(draws.integers(0, 10, 1500))
    return inputs[:1000], labels[:1000], inputs[1000:], labels[1000:]


def accuracy(network, criterion, inputs, labels):
    with torch.no_grad():
        logits = network(inputs)
        return (logits.argmax(1) == labels).float().mean().item(), criterion(logits, labels).item()


def train(seed):
    torch.manual_seed(seed)
    train_x, train_y, rest_x, rest_y = data()
    network = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
    criterion = nn.CrossEntropyLoss()
    history = []
    for _ in range(EPOCHS):
        order = torch.randperm(1000)
        for first in range(0, 1000, BATCH):
            batch = order[first : first + BATCH]
            optimizer.zero_grad(set_to_none=True)
            criterion(network(train_x[batch]), train_y[batch]).backward()
            optimizer.step()
        history.append(
            accuracy(network, criterion, train_x, train_y) + accuracy(network, criterion, rest_x, rest_y)
        )
    torch.save(network.state_dict(), f"{directory}/{seed}.pt")
    with open(f"{directory}/{seed}.json", "w", encoding="utf-8") as out:
        json.dump(history, out)
    return history[-1][0]


def timed(trainings):
    start = time.perf_counter()
    list(trainings)
    return time.perf_counter() - start


def write(what, seconds):
    with open(f"{directory}/{what}", "w", encoding="utf-8") as out:
        out.write(repr(seconds))


def measure(several):
    """Trains some first, so that nothing is loaded for the first time afterwards."""
    write("warm-up", timed(several(range(TRIALS, TRIALS + WARM_UP))))
    write("trainings", timed(several(range(TRIALS))))


if __name__ == "__main__":
    if mode == "threads":
        torch.set_num_threads(2)
        measure(lambda seeds: map(train, seeds))
    else:
        with get_context("spawn").Pool(2, torch.set_num_threads, (1,)) as pool:
            measure(lambda seeds: pool.imap_unordered(train, seeds))
