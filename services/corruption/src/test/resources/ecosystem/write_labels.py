"""Writes labels.pt, labels of 200 examples of five classes in the layout in which CIFAR-100N is published, and few-labels.pt
of 12 examples of three.

write_labels.py TARGET: needs python3-torch.
"""
import os
import sys

import numpy as np
import torch


def save(name, count, classes):
    clean = np.arange(count) % classes
    noisy = (clean + (np.arange(count) % 10 == 3)) % classes
    torch.save({"clean_label": clean, "noisy_label": noisy, "clean_coarse_label": [int(c) // 3 for c in clean],
                "noisy_coarse_label": [int(c) // 3 for c in noisy]}, os.path.join(sys.argv[1], name))


save("labels.pt", 200, 5)
save("few-labels.pt", 12, 3)
