"""Loads networks that Rote exported into PyTorch's own layers and writes them back.

    python3 roundtrip.py FOLDER-OF-presets.py FOLDER

FOLDER has `CASE.safetensors`, `CASE.npz` and `CASE.input.npy` for each case; written are the logits
`CASE.logits.npy` and the state_dict as `CASE.back.npz`, `CASE.packed.npz` (deflated) and
`CASE.back.safetensors`. Written for torch 1.13; uses no package for safetensors, so that it is read
by its description alone.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, sys.argv[1])
import presets

TYPES = {"F32": "<f4", "I64": "<i8"}


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer0, self.layer1, self.layer2 = nn.Linear(12, 9), nn.Linear(9, 7), nn.Linear(7, 10)

    def forward(self, x):
        return self.layer2(F.relu(self.layer1(F.relu(self.layer0(x.flatten(1))))))


class Part(nn.Module):
    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            setattr(self, name, part)


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer0 = Part(conv=nn.Conv2d(3, 4, 3, bias=False), norm=nn.BatchNorm2d(4))
        self.layer1 = Part(conv=nn.Conv2d(4, 6, 3, bias=False), norm=nn.BatchNorm2d(6))
        self.layer2 = Part(linear=nn.Linear(6 * 2 * 2, 9, bias=False), norm=nn.BatchNorm1d(9))
        self.layer3 = Part(linear=nn.Linear(9, 8, bias=False), norm=nn.BatchNorm1d(8))
        self.layer4 = nn.Linear(8, 10)

    def forward(self, x):
        for layer in (self.layer0, self.layer1):
            x = F.max_pool2d(F.relu(layer.norm(layer.conv(x))), 2)
        x = x.flatten(1)
        for layer in (self.layer2, self.layer3):
            x = F.relu(layer.norm(layer.linear(x)))
        return self.layer4(x)


TWINS = {
    "mlp": Mlp,
    "cnn": Cnn,
    "resnet9": lambda: presets.Resnet9(8),
    "resnet18": lambda: presets.Resnet((2, 2, 2, 2), False, width=8),
    "resnet18-imagenet": lambda: presets.Resnet((2, 2, 2, 2), False, True, 8),
    "resnet34": lambda: presets.Resnet((3, 4, 6, 3), False, width=8),
    "resnet50": lambda: presets.Resnet((3, 4, 6, 3), True, width=8),
    "plainCnn": presets.PlainCnn,
    "vgg11": lambda: presets.Vgg(11, width=8),
    "vgg13-norm-alone": lambda: presets.Vgg(13, bias=False, width=8),
    "vgg16-biases-alone": lambda: presets.Vgg(16, norm=False, width=8),
    "alexnetSmall": presets.AlexnetSmall,
    "inceptionSmall": presets.InceptionSmall,
    "inceptionSmall-biases": lambda: presets.InceptionSmall(False),
}


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    assert header.pop("__metadata__")["layout"] == "torch"
    arrays = {}
    for name, about in header.items():
        begin, end = about["data_offsets"]
        values = np.frombuffer(data[8 + length + begin : 8 + length + end], TYPES[about["dtype"]])
        arrays[name] = values.reshape(about["shape"])
    return arrays


def write_safetensors(path, arrays):
    header, at = {}, 0
    for name, array in arrays.items():
        kind = "F32" if array.dtype == np.float32 else "I64"
        offsets = [at, at + array.nbytes]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": offsets}
        at += array.nbytes
    text = json.dumps(header).encode()
    body = b"".join(array.tobytes() for array in arrays.values())
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def main():
    torch.set_num_threads(1)
    folder = Path(sys.argv[2])
    for path in sorted(folder.glob("*.input.npy")):
        case = path.name[: -len(".input.npy")]
        arrays = read_safetensors(folder / f"{case}.safetensors")
        for name, array in np.load(folder / f"{case}.npz").items():
            assert array.tobytes() == arrays[name].tobytes() and array.shape == arrays[name].shape
        twin = TWINS[case]()
        twin.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in arrays.items()}, strict=True)
        twin.eval()
        with torch.no_grad():
            np.save(folder / f"{case}.logits.npy", twin(torch.from_numpy(np.load(path))).numpy())
        back = {name: tensor.numpy() for name, tensor in twin.state_dict().items()}
        np.savez(folder / f"{case}.back.npz", **back)
        np.savez_compressed(folder / f"{case}.packed.npz", **back)
        write_safetensors(folder / f"{case}.back.safetensors", back)


if __name__ == "__main__":
    sys.exit(main())
