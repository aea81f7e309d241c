"""Numbers of PyTorch for the tests of recipes; `python3 recorded.py > recorded.txt` made the file beside it.

A line is a name and numbers. Everything is float64 but what is said to be float32.
"""

import math

import torch
from torch import nn
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    LinearLR,
    MultiStepLR,
    OneCycleLR,
    SequentialLR,
    StepLR,
)


def line(name, values):
    print(name, *("%r" % float(v) for v in values))


def sgd(rate=0.4, momentum=0.0):
    return torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=rate, momentum=momentum)


def rates(name, make, count, **of):
    optimizer = sgd(**of)
    scheduler = make(optimizer)
    lrs, momenta = [], []
    for _ in range(count):
        lrs.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        scheduler.step()
    line("rate/" + name, lrs)
    if momenta[0] != momenta[-1] or len(set(momenta)) > 1:
        line("momentum/" + name, momenta)


def warmed(optimizer, make, count, start):
    # Made in this order the main schedule's own base rate is not touched by the warm-up.
    main = make(optimizer)
    warm = LinearLR(optimizer, start_factor=start, total_iters=count)
    return SequentialLR(optimizer, [warm, main], milestones=[count])


def schedules():
    rates("step", lambda o: StepLR(o, step_size=3, gamma=0.5), 10)
    rates("milestones", lambda o: MultiStepLR(o, milestones=[2, 5, 6], gamma=0.2), 9)
    rates("cosine", lambda o: CosineAnnealingLR(o, T_max=8, eta_min=0.01), 8)
    rates("restarts", lambda o: CosineAnnealingWarmRestarts(o, T_0=3, T_mult=2, eta_min=0.01), 12)
    rates("warmup", lambda o: LinearLR(o, start_factor=0.25, total_iters=4), 8)
    rates(
        "warmup-milestones",
        lambda o: warmed(o, lambda p: MultiStepLR(p, milestones=[2, 4], gamma=0.1), 3, 1 / 3),
        10,
    )
    rates(
        "warmup-cosine",
        lambda o: warmed(o, lambda p: CosineAnnealingLR(p, T_max=7), 3, 1 / 3),
        10,
    )
    rates(
        "triangle",
        lambda o: CyclicLR(
            o, base_lr=0.05, max_lr=0.4, step_size_up=4, step_size_down=6, cycle_momentum=False
        ),
        15,
        rate=0.05,
    )
    rates(
        "onecycle",
        lambda o: OneCycleLR(o, max_lr=0.4, total_steps=20),
        20,
        momentum=0.9,
    )
    rates(
        "onecycle-linear",
        lambda o: OneCycleLR(
            o,
            max_lr=0.4,
            total_steps=12,
            pct_start=0.25,
            anneal_strategy="linear",
            cycle_momentum=False,
            div_factor=10,
            final_div_factor=100,
        ),
        12,
        momentum=0.9,
    )


LOGITS = torch.tensor(
    [[0.3, -1.2, 2.1, 0.0], [1.5, 1.4, -0.7, 0.2], [-3.0, 0.5, 0.25, 4.0]], dtype=torch.float64
)
LABELS = torch.tensor([2, 1, 0])
TANGENT = torch.tensor(
    [[1.0, -0.5, 0.25, 0.75], [0.2, 0.4, -1.1, 0.3], [-0.6, 0.9, 1.3, -0.2]], dtype=torch.float64
)


def losses():
    onehot = nn.functional.one_hot(LABELS, 4).double()
    each = {
        "crossEntropy": lambda z, i: nn.CrossEntropyLoss()(z[i : i + 1], LABELS[i : i + 1]),
        "smoothed": lambda z, i: nn.CrossEntropyLoss(label_smoothing=0.1)(
            z[i : i + 1], LABELS[i : i + 1]
        ),
        "squaredOfProbabilities": lambda z, i: nn.MSELoss()(z[i].softmax(0), onehot[i]),
        "squaredOfLogits": lambda z, i: nn.MSELoss()(z[i], onehot[i]),
        "shiftedLog": lambda z, i: (-torch.log(0.1 + z[i].softmax(0)) * onehot[i]).mean(),
    }
    for name, loss in each.items():
        values, gradients, curved = [], [], []
        for i in range(3):
            z = LOGITS.clone().requires_grad_()
            value = loss(z, i)
            (gradient,) = torch.autograd.grad(value, z, create_graph=True)
            dot = (gradient[i] * TANGENT[i]).sum()
            (second,) = torch.autograd.grad(dot, z, allow_unused=True)
            values.append(value)
            gradients += gradient[i].tolist()
            curved += second[i].tolist()
        line("loss/" + name, values)
        line("gradient/" + name, gradients)
        line("curved/" + name, curved)


def steps(name, make, rate=None, clip=None, dtype=torch.float32):
    """Seven steps on a quartic bowl: what a weight and a bias of three values each become."""
    weights = nn.Parameter(torch.tensor([0.5, -1.0, 2.0], dtype=dtype))
    biases = nn.Parameter(torch.tensor([0.1, 0.0, -0.3], dtype=dtype))
    optimizer = make(weights, biases)
    gradients, values, norms = [], [], []
    for t in range(7):
        # Gradients that need no network: of (w - 1)^4 / 4 and of (b + t / 10)^2.
        weights.grad = ((weights.detach() - 1) ** 3).clone()
        biases.grad = (2 * (biases.detach() + t / 10)).clone()
        gradients += weights.grad.tolist() + biases.grad.tolist()
        if clip is not None:
            norms.append(nn.utils.clip_grad_norm_([weights, biases], clip))
        optimizer.step()
        values += weights.tolist() + biases.tolist()
    line("given/" + name, gradients)
    line("steps/" + name, values)
    if norms:
        line("norms/" + name, norms)


def optimizers():
    both = lambda make: lambda w, b: make([w, b])
    weights_alone = lambda cls, decay, **of: lambda w, b: cls(
        [{"params": [w], "weight_decay": decay}, {"params": [b], "weight_decay": 0}], **of
    )
    sgd_, adam, adamw = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
    steps("sgd", both(lambda p: sgd_(p, lr=0.1)))
    steps("sgd-decay-all", both(lambda p: sgd_(p, lr=0.1, weight_decay=0.05)))
    steps("sgd-momentum", weights_alone(sgd_, 0.05, lr=0.1, momentum=0.9))
    steps("sgd-nesterov", weights_alone(sgd_, 0.05, lr=0.1, momentum=0.9, nesterov=True))
    steps("adam", both(lambda p: adam(p, lr=0.05)))
    steps("adam-decay", weights_alone(adam, 0.1, lr=0.05, betas=(0.8, 0.95), eps=1e-6))
    steps("adam-decay-all", both(lambda p: adam(p, lr=0.05, weight_decay=0.1)))
    steps("adamw", both(lambda p: adamw(p, lr=0.05)))
    steps("adamw-decay", weights_alone(adamw, 0.1, lr=0.05, betas=(0.8, 0.95), eps=1e-6))
    steps("sgd-clip", both(lambda p: sgd_(p, lr=0.1)), clip=0.5)
    steps("adam-clip", both(lambda p: adam(p, lr=0.05)), clip=0.5)


if __name__ == "__main__":
    print("# torch", torch.__version__)
    schedules()
    losses()
    optimizers()
