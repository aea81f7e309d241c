"""Numbers that RankOracleTest compares with: python3 ranks.py > ranks.json (numpy, scipy).

Spearman's correlation and the area under the ROC curve (U / (P N) of Mann and Whitney's test) are
SciPy's; average precision is summed threshold by threshold as scikit-learn documents it, and the
precision at the number of positives is the mean over 20000 orders in which ties are broken by chance.
"""
import json

import numpy as np
import scipy.stats


def average_precision(score, positive):
    total = 0.0
    recall_before = 0.0
    for threshold in sorted(set(score), reverse=True):
        found = score >= threshold
        recall = (found & positive).sum() / positive.sum()
        total += (recall - recall_before) * (found & positive).sum() / found.sum()
        recall_before = recall
    return total


def precision_at_positives(score, positive, rng):
    k = positive.sum()
    hits = 0
    for _ in range(20000):
        order = np.lexsort((rng.random(len(score)), -score))
        hits += positive[order[:k]].sum()
    return hits / (20000 * k)


rng = np.random.default_rng(19)
cases = []
for n, digits, strength in [(8, 0, 1), (12, 0, 2), (25, 1, 0.5), (60, 1, -1), (200, 0, 1), (200, 2, 3)]:
    positive = rng.random(n) < 0.3
    positive[0], positive[1] = True, False
    x = np.round(rng.normal(size=n) + strength * positive, digits).astype(np.float32)
    y = np.round(0.5 * x + rng.normal(size=n), digits).astype(np.float32)
    u = scipy.stats.mannwhitneyu(x[positive], x[~positive]).statistic
    cases.append({
        "x": [float(v) for v in x],
        "y": [float(v) for v in y],
        "positive": [bool(v) for v in positive],
        "spearman": float(scipy.stats.spearmanr(x, y).statistic),
        "auroc": float(u / (positive.sum() * (~positive).sum())),
        "averagePrecision": float(average_precision(x, positive)),
        "precision": float(precision_at_positives(x, positive, rng)),
    })
print(json.dumps(cases))
