"""Algorithm 2 of Xia et al. (NeurIPS 2020) by numpy and scipy: prints the numbers that InstanceNoiseOracleTest holds.

Run by hand: python3 instance_noise.py (numpy 1.24, scipy 1.10).
"""
import numpy as np
from scipy.special import softmax
from scipy.stats import truncnorm

DEVIATION = 0.1

# Flip rates: quantiles of the truncated normal, and its mean.
for level in (0.05, 0.2, 0.45, 1.0):
    rates = truncnorm((0 - level) / DEVIATION, (1 - level) / DEVIATION, loc=level, scale=DEVIATION)
    quantiles = rates.ppf([0.0, 0.001, 0.25, 0.5, 0.9, 0.999])
    print("rates", level, [round(float(q), 6) for q in quantiles], round(float(rates.mean()), 6))

# Rows: inputs and weights by a formula, K = 4 classes, V = 6 values.
classes, values = 4, 6
v, k = np.meshgrid(np.arange(values), np.arange(classes), indexing="ij")
for y in range(classes):
    weights = np.sin(1.0 + y + 2.0 * v + 3.0 * k).astype(np.float32)
    x = (((np.arange(values) * 37 + 11 * y) % 256) / 255).astype(np.float32)
    scores = x.astype(np.float64) @ weights.astype(np.float64)
    scores[y] = -np.inf
    print("row", y, [round(float(p), 9) for p in softmax(scores)])
