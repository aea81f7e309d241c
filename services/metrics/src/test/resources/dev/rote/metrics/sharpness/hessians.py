"""Largest eigenvalues of whole Hessians, by PyTorch's double backward pass in float64 and numpy's eigvalsh.

Prints the table that SharpnessOracleTest reads:

    cd services/metrics/src/test/resources/dev/rote/metrics/sharpness
    python3 hessians.py > hessians.tsv

Networks, weights, images and labels are those of the benchmarks' presets.py: formulas, which the test repeats.
Running statistics are constants, as in inference. Written for torch 1.13.
"""
import math
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[9] / "benchmarks/src/main/resources/peers"))
import presets  # noqa: E402

EXAMPLES = 6


class PaperCnn(nn.Module):
    """The paper's network with 4 and 5 filters of 5 x 5, and 6 and 5 dense units."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(
            [
                nn.Conv2d(3, 4, 5, bias=False),
                nn.Conv2d(4, 5, 5, bias=False),
                nn.Linear(5, 6, bias=False),
                nn.Linear(6, 5, bias=False),
                nn.Linear(5, 10),
            ]
        )
        self.norms = nn.ModuleList(
            [nn.BatchNorm2d(4), nn.BatchNorm2d(5), nn.BatchNorm1d(6), nn.BatchNorm1d(5)]
        )

    def forward(self, x):
        x = x[:, :, 2:-2, 2:-2]
        for i in (0, 1):
            x = F.max_pool2d(F.relu(self.norms[i](self.layers[i](x))), 3, 3)
        x = x.flatten(1)
        for i in (2, 3):
            x = F.relu(self.norms[i](self.layers[i](x)))
        return self.layers[4](x)

    def fill(self):
        """As presets.fill, under Rote's names: layer and norm of a block share one."""
        for i, layer in enumerate(self.layers):
            write(layer.weight, i, "weight", lambda v, t: v * math.sqrt(6 / t[0].numel()))
        write(self.layers[4].bias, 4, "bias", lambda v, t: 0.1 * v)
        for i, norm in enumerate(self.norms):
            write(norm.weight, i, "weight", lambda v, t: 1 + 0.2 * v)
            write(norm.bias, i, "bias", lambda v, t: 0.1 * v)
            write(norm.running_mean, i, "running_mean", lambda v, t: 0.1 * v)
            write(norm.running_var, i, "running_var", lambda v, t: 1 + 0.5 * np.abs(v))


def write(tensor, layer, role, of):
    name = f"layer{layer}/{role}"
    v = of(presets.value(sum(map(ord, name)) % 1000, tensor.numel()), tensor)
    with torch.no_grad():
        tensor.copy_(torch.from_numpy(v.reshape(tensor.shape)).float())


def hessian(network):
    parameters = list(network.parameters())
    loss = F.cross_entropy(network(presets.images(EXAMPLES, 3, 32).double()), presets.labels(EXAMPLES))
    gradient = torch.cat([g.flatten() for g in torch.autograd.grad(loss, parameters, create_graph=True)])
    rows = np.empty((len(gradient), len(gradient)))
    for i in range(len(gradient)):
        row = torch.autograd.grad(gradient[i], parameters, retain_graph=True, allow_unused=True)
        rows[i] = torch.cat(
            [torch.zeros(p.numel()) if r is None else r.flatten() for r, p in zip(row, parameters)]
        ).numpy()
    assert np.abs(rows - rows.T).max() < 1e-9 * np.abs(rows).max()
    return loss.item(), rows


def main():
    torch.set_num_threads(1)
    print("# hessians.py, torch", torch.__version__, "numpy", np.__version__)
    print("# network, parameters, mean loss, largest eigenvalue, the next, the smallest")
    cnn = PaperCnn()
    cnn.fill()
    resnet = presets.Resnet9(2)
    presets.fill(resnet)
    for name, network in (("cnn", cnn), ("resnet9 of width 2", resnet)):
        loss, rows = hessian(network.eval().double())
        values = np.linalg.eigvalsh(rows)
        print(name, len(rows), loss, values[-1], values[-2], values[0], sep="\t")


if __name__ == "__main__":
    sys.exit(main())
