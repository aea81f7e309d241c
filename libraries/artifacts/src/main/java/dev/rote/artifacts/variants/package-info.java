/**
 * Variants of datasets as bytes: the layout of a shard, reading shards from object storage or from
 * a stream, and a local copy that is mapped instead of loaded.
 *
 * <p>Axes: {@code N} examples of a split, {@code V} values of one example, which are {@code
 * channels * height * width} in that order, row-major. Values are float32; real pixels lie in [0,
 * 1]. Everything is little-endian.
 */
@NullMarked
package dev.rote.artifacts.variants;

import org.jspecify.annotations.NullMarked;
