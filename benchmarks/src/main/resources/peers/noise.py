"""Noise of the size of a training set by numpy: arguments are the rule, the files, the generator."""
import hashlib
import sys

import numpy

from contestant import serve

rule, directory, kind = sys.argv[1:4]
SHAPE = (60000, 784)
pixels = numpy.fromfile(f"{directory}/images", dtype=numpy.uint8, offset=16)[: SHAPE[0] * SHAPE[1]]
legacy = numpy.random.RandomState(1)
generator = numpy.random.default_rng(1)


def moments():
    """Mean and standard deviation of the pixels on the scale of [0, 1], from their histogram."""
    counts = numpy.bincount(pixels, minlength=256)
    levels = numpy.arange(256) / 255
    mean = (counts * levels).sum() / pixels.size
    return mean, numpy.sqrt((counts * (levels - mean) ** 2).sum() / pixels.size)


def noise():
    if rule == "GAUSSIAN":
        mean, deviation = moments()
        if kind == "legacy":
            return legacy.normal(mean, deviation, SHAPE).astype(numpy.float32)
        values = generator.standard_normal(SHAPE, dtype=numpy.float32)
        values *= numpy.float32(deviation)
        values += numpy.float32(mean)
        return values
    if kind == "legacy":
        return legacy.random_sample(SHAPE).astype(numpy.float32)
    return generator.random(SHAPE, dtype=numpy.float32)


def check():
    values = noise().astype(numpy.float64)
    return values.mean(), values.std(), (values**4).mean() ** 0.25


def run(times):
    for _ in range(times):
        hashlib.sha256(noise()).digest()


serve(check, run)
