"""Writes the same sixty pictures as an npz, as a folder and, with DuckDB's package, as a Parquet file of a hub's layout.

write_files.py TARGET: needs python3-numpy and python3-pil.
"""
import os
import sys

import numpy as np
from PIL import Image

SIDE = 12
EACH = 20
target = sys.argv[1]
random = np.random.default_rng(5)


def circle(y, x, radius):
    return np.abs(np.hypot(y, x) - radius) < 0.8


def cross(y, x, radius):
    return (np.minimum(np.abs(y), np.abs(x)) < 0.8) & (np.maximum(np.abs(y), np.abs(x)) <= radius)


def square(y, x, radius):
    return np.abs(np.maximum(np.abs(y), np.abs(x)) - radius) < 0.6


images, labels = [], []
for i in range(3 * EACH):
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2 - random.uniform(-1, 1, 2)[:, None, None]
    drawn = [circle, cross, square][i % 3](y, x, random.uniform(2.5, 4))
    images.append((drawn * random.integers(160, 256) + random.integers(0, 40, drawn.shape)).clip(0, 255))
    labels.append(i % 3)
images = np.stack(images).astype("uint8")
np.savez_compressed(os.path.join(target, "shapes.npz"), images=images, labels=np.array(labels))
for i, (image, label) in enumerate(zip(images, labels)):
    folder = os.path.join(target, "shapes", ["circle", "cross", "square"][label])
    os.makedirs(folder, exist_ok=True)
    Image.fromarray(image).save(os.path.join(folder, "%02d.png" % i), optimize=True)

try:
    import duckdb
except ImportError:
    sys.exit()
duckdb.sql("""
    COPY (SELECT struct_pack(bytes := content, path := parse_filename(filename)) AS image,
                 CASE parse_path(filename)[-2] WHEN 'circle' THEN 0 WHEN 'cross' THEN 1 ELSE 2 END AS label
          FROM read_blob('%s/shapes/*/*.png') ORDER BY parse_filename(filename))
    TO '%s/shapes.parquet' (FORMAT PARQUET)""" % (target, target))
