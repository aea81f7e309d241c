"""Gradients of single examples of the presets' twins in PyTorch, one backward pass for each, in inference mode.

Prints the table that PresetSuite reads: of two examples the squared norm of the gradient of the loss by all
trained parameters, then that of the gradient of the label's logit by the input.

    cd engines/agreement/src/main/resources/dev/rote/agreement
    python3 ../../../../../../../../benchmarks/src/main/resources/peers/example_gradients.py > example-gradients.tsv

Weights, images and labels are those of presets.py; everything is in float64. Written for torch 1.13.
"""
import sys

import torch
from torch.nn import functional as F

from presets import TWINS, fill, images, labels

EXAMPLES = 2


def squares(tensors):
    return sum((tensor * tensor).sum().item() for tensor in tensors)


def main():
    torch.set_num_threads(1)
    print("# benchmarks/src/main/resources/peers/example_gradients.py, torch", torch.__version__)
    for name, (make, (channels, side)) in TWINS.items():
        network = make()
        fill(network)
        network.eval().double()
        parameters = [p for p in network.parameters() if p.requires_grad]
        x, y = images(4, channels, side).double(), labels(4)
        norms, of_logits = [], []
        for i in range(EXAMPLES):
            own = x[i : i + 1].clone().requires_grad_()
            z = network(own)
            loss = F.cross_entropy(z, y[i : i + 1])
            norms.append(squares(torch.autograd.grad(loss, parameters, retain_graph=True)))
            of_logits.append(squares(torch.autograd.grad(z[0, y[i]], own)))
        print(name, *map(repr, norms + of_logits), sep="\t")


if __name__ == "__main__":
    sys.exit(main())
