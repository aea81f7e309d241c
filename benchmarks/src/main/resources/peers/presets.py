"""Twins of the presets in PyTorch's own layers: parameter counts, logits and first losses.

Prints the table that PresetSuite reads:

    cd engines/agreement/src/main/resources/dev/rote/agreement
    python3 ../../../../../../../../benchmarks/src/main/resources/peers/presets.py > presets.tsv

Weights, images and labels are no draws but formulas, `value` below, that the test repeats. Names of
parameters are those that Rote exports for PyTorch. Written for torch 1.13.
"""
import math
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

EPS = 1e-5


def value(tensor, count):
    """Values in [-1, 1) that look random: the fraction of 43758.5453 sin(12.9898 (i + 1) + 78.233 t)."""
    i = np.arange(1, count + 1, dtype=np.float64)
    x = np.sin(12.9898 * i + 78.233 * tensor) * 43758.5453
    return 2 * (x - np.floor(x)) - 1


def conv(i, o, k, stride=1, padding=None, bias=False):
    return nn.Conv2d(i, o, k, stride, (k - 1) // 2 if padding is None else padding, bias=bias)


class Block(nn.Module):
    def __init__(self, channels, inner, outer, stride, bottleneck):
        super().__init__()
        if bottleneck:
            self.conv1, self.bn1 = conv(channels, inner, 1), nn.BatchNorm2d(inner)
            self.conv2, self.bn2 = conv(inner, inner, 3, stride), nn.BatchNorm2d(inner)
            self.conv3, self.bn3 = conv(inner, outer, 1), nn.BatchNorm2d(outer)
        else:
            self.conv1, self.bn1 = conv(channels, inner, 3, stride), nn.BatchNorm2d(inner)
            self.conv2, self.bn2 = conv(inner, outer, 3), nn.BatchNorm2d(outer)
        self.bottleneck = bottleneck
        if stride != 1 or channels != outer:
            self.downsample = nn.Sequential(conv(channels, outer, 1, stride), nn.BatchNorm2d(outer))
        else:
            self.downsample = nn.Sequential()

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.bottleneck:
            y = self.bn3(self.conv3(F.relu(y)))
        return F.relu(y + self.downsample(x))


class Resnet(nn.Module):
    def __init__(self, blocks, bottleneck, imagenet=False, width=64):
        super().__init__()
        self.conv1 = conv(3, width, 7, 2) if imagenet else conv(3, width, 3)
        self.bn1 = nn.BatchNorm2d(width)
        self.pool = nn.MaxPool2d(3, 2, 1) if imagenet else nn.Sequential()
        channels = width
        for s, count in enumerate(blocks):
            stage = []
            inner = width << s
            outer = inner * (4 if bottleneck else 1)
            for b in range(count):
                stage.append(Block(channels, inner, outer, 2 if b == 0 and s > 0 else 1, bottleneck))
                channels = outer
            setattr(self, f"layer{s + 1}", nn.Sequential(*stage))
        self.fc = nn.Linear(channels, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


def cbr(i, o):
    return nn.Sequential(conv(i, o, 3), nn.BatchNorm2d(o), nn.ReLU())


class Resnet9(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        w2, w4, w8 = 2 * width, 4 * width, 8 * width
        self.conv1, self.conv2 = cbr(3, width), cbr(width, w2)
        self.res1 = nn.Sequential(cbr(w2, w2), cbr(w2, w2))
        self.conv3, self.conv4 = cbr(w2, w4), cbr(w4, w8)
        self.res2 = nn.Sequential(cbr(w8, w8), cbr(w8, w8))
        self.fc = nn.Linear(w8, 10)

    def forward(self, x):
        x = F.max_pool2d(self.conv2(self.conv1(x)), 2)
        x = x + self.res1(x)
        x = F.max_pool2d(self.conv3(x), 2)
        x = F.max_pool2d(self.conv4(x), 2)
        x = x + self.res2(x)
        return self.fc(F.max_pool2d(x, 4).flatten(1))


class PlainCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 10, 5), nn.Conv2d(10, 20, 5)
        self.drop = nn.Dropout2d()
        self.fc1, self.fc2 = nn.Linear(320, 50), nn.Linear(50, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.drop(self.conv2(x)), 2))
        x = F.dropout(F.relu(self.fc1(x.flatten(1))), training=self.training)
        return self.fc2(x)


class Vgg(nn.Module):
    STAGES = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3)}

    def __init__(self, depth, norm=True, bias=True, width=64):
        super().__init__()
        layers, channels = [], 3
        for s, count in enumerate(self.STAGES[depth]):
            filters = width * min(8, 1 << s)
            for _ in range(count):
                layers.append(conv(channels, filters, 3, bias=bias))
                layers += [nn.BatchNorm2d(filters)] if norm else []
                layers.append(nn.ReLU())
                channels = filters
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(8 * width, 10)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class AlexnetSmall(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = conv(3, 64, 5, bias=True), conv(64, 64, 5, bias=True)
        self.norm = nn.LocalResponseNorm(9, 0.001, 0.75, 1)
        self.fc1, self.fc2, self.fc3 = nn.Linear(3136, 384), nn.Linear(384, 192), nn.Linear(192, 10)

    def forward(self, x):
        x = x[:, :, 2:-2, 2:-2]
        x = self.norm(F.max_pool2d(F.relu(self.conv1(x)), 3, 2, 1))
        x = self.norm(F.max_pool2d(F.relu(self.conv2(x)), 3, 2, 1))
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


class Shifted(nn.BatchNorm2d):
    """Batch normalisation whose scale stays one."""

    def __init__(self, channels):
        super().__init__(channels)
        self.weight.requires_grad_(False)


class Normed(nn.Module):
    """A convolution, and the normalisation of what it puts out."""

    def __init__(self, i, o, k, stride):
        super().__init__()
        self.conv, self.norm = conv(i, o, k, stride), Shifted(o)

    def forward(self, x):
        return self.norm(self.conv(x))


class InceptionSmall(nn.Module):
    def __init__(self, norm=True):
        super().__init__()

        def part(i, o, k, stride=1):
            return Normed(i, o, k, stride) if norm else conv(i, o, k, stride, bias=True)

        self.conv1 = part(3, 96, 3)
        self.plan = []
        channels, number = 96, 1
        for pairs, halved in (
            (((32, 32), (32, 48)), 80),
            (((112, 48), (96, 64), (80, 80), (48, 96)), 96),
            (((176, 160), (176, 160)), 0),
        ):
            for small, large in pairs:
                name = f"inception{number}"
                both = {"1x1": part(channels, small, 1), "3x3": part(channels, large, 3)}
                setattr(self, name, nn.ModuleDict(both))
                self.plan.append(name)
                channels, number = small + large, number + 1
            if halved:
                name = "downsample1" if halved == 80 else "downsample2"
                setattr(self, name, nn.ModuleDict({"3x3": part(channels, halved, 3, 2)}))
                self.plan.append(name)
                channels += halved
        self.fc = nn.Linear(channels, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x[:, :, 2:-2, 2:-2]))
        for name in self.plan:
            parts = getattr(self, name)
            beside = F.relu(parts["1x1"](x)) if "1x1" in parts else F.max_pool2d(x, 3, 2, 1)
            large = F.relu(parts["3x3"](x))
            x = torch.cat([beside, large] if "1x1" in parts else [large, beside], 1)
        return self.fc(x.mean((2, 3)))


TWINS = {
    "resnet9": (Resnet9, (3, 32)),
    "resnet18": (lambda: Resnet((2, 2, 2, 2), False), (3, 32)),
    "resnet18-imagenet": (lambda: Resnet((2, 2, 2, 2), False, True), (3, 64)),
    "resnet34": (lambda: Resnet((3, 4, 6, 3), False), (3, 32)),
    "resnet50": (lambda: Resnet((3, 4, 6, 3), True), (3, 32)),
    "plainCnn": (PlainCnn, (1, 28)),
    "vgg11": (lambda: Vgg(11), (3, 32)),
    "vgg11-norm-alone": (lambda: Vgg(11, bias=False), (3, 32)),
    "vgg11-biases-alone": (lambda: Vgg(11, norm=False), (3, 32)),
    "vgg13": (lambda: Vgg(13), (3, 32)),
    "vgg16": (lambda: Vgg(16), (3, 32)),
    "alexnetSmall": (AlexnetSmall, (3, 32)),
    "inceptionSmall": (InceptionSmall, (3, 32)),
    "inceptionSmall-biases": (lambda: InceptionSmall(False), (3, 32)),
}


def name_of(key):
    return key.replace(".conv.", ".").replace(".", "/")


def fill(network):
    """Writes formulas into parameters and running statistics; what is drawn depends on the name alone."""
    for key, tensor in network.state_dict().items():
        if key.endswith("num_batches_tracked"):
            continue
        v = value(sum(map(ord, name_of(key))) % 1000, tensor.numel())
        if tensor.dim() > 1:
            v = v * math.sqrt(6 / tensor[0].numel())
        elif key.endswith("running_var"):
            v = 1 + 0.5 * np.abs(v)
        elif key.endswith("weight"):
            v = np.ones_like(v) if "inception" in type(network).__name__.lower() else 1 + 0.2 * v
        else:
            v = 0.1 * v
        with torch.no_grad():
            tensor.copy_(torch.from_numpy(v.reshape(tensor.shape)).float())


def images(n, channels, side):
    v = value(1, n * channels * side * side)
    return torch.from_numpy((v + 1) / 2).float().reshape(n, channels, side, side)


def labels(n):
    return torch.tensor([(7 * i + 3) % 10 for i in range(n)])


def trained(threads, kind=torch.float32):
    """Losses of 20 steps of ResNet-18 on batches of 16, SGD with Nesterov's momentum and decay on everything."""
    torch.set_num_threads(threads)
    network = TWINS["resnet18"][0]()
    fill(network)
    network.train().to(kind)
    optimizer = torch.optim.SGD(network.parameters(), 0.01, 0.9, weight_decay=5e-4, nesterov=True)
    x, y, losses = images(64, 3, 32).to(kind), labels(64), []
    for step in range(20):
        at = slice(16 * (step % 4), 16 * (step % 4) + 16)
        optimizer.zero_grad()
        loss = F.cross_entropy(network(x[at]), y[at])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def main():
    torch.set_num_threads(1)
    print("# benchmarks/src/main/resources/peers/presets.py, torch", torch.__version__)
    for name, (make, (channels, side)) in TWINS.items():
        network = make()
        fill(network)
        parameters = sum(p.numel() for p in network.parameters() if p.requires_grad)
        x = images(4, channels, side)
        network.eval()
        with torch.no_grad():
            logits = network(x[:2]).double().flatten().tolist()
        loss = float("nan")
        if name != "plainCnn":
            network.train()
            with torch.no_grad():
                loss = F.cross_entropy(network(x), labels(4)).item()
        print(name, parameters, repr(loss), *map(repr, logits), sep="\t")
    for threads in (1, 2):
        print(f"steps-{threads}", *map(repr, trained(threads)), sep="\t")
    print("steps-float64", *map(repr, trained(1, torch.float64)), sep="\t")


if __name__ == "__main__":
    sys.exit(main())
