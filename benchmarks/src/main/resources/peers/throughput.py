"""100 trainings as a researcher scripts them: arguments are a directory for results and "threads" or "processes"."""
import json
import sys
from multiprocessing import get_context

import numpy
import torch
from torch import nn

directory, mode = sys.argv[1], sys.argv[2]
TRIALS, EPOCHS, BATCH, RATE = 100, 20, 32, 0.1


def accuracy(network, criterion, inputs, labels):
    with torch.no_grad():
        logits = network(inputs)
        return (logits.argmax(1) == labels).float().mean().item(), criterion(logits, labels).item()


def train(seed):
    torch.manual_seed(seed)
    draws = numpy.random.default_rng(0)
    inputs = torch.from_numpy(draws.normal(size=(1500, 784)).astype("float32"))
    labels = torch.from_numpy(draws.integers(0, 10, 1500))
    train_x, train_y, rest_x, rest_y = inputs[:1000], labels[:1000], inputs[1000:], labels[1000:]
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


if __name__ == "__main__":
    if mode == "threads":
        torch.set_num_threads(2)
        last = [train(seed) for seed in range(TRIALS)]
    else:
        with get_context("spawn").Pool(2, torch.set_num_threads, (1,)) as pool:
            last = pool.map(train, range(TRIALS), chunksize=1)
    print(sum(last) / TRIALS)
