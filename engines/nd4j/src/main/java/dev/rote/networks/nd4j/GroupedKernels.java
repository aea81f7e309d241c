package dev.rote.networks.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels float32[F, C / groups, k, k] of a convolution in groups as those of one without,
 * float32[F, C, k, k], which are 0 where a filter does not see a channel. Without groups they are
 * the same.
 */
final class GroupedKernels {
  private final INDArray grouped;
  private final INDArray full;
  private final int groups;
  private final int perFilter;
  private final float[] own;
  private final float[] all;

  GroupedKernels(INDArray grouped, int groups, Arena arena) {
    this.grouped = grouped;
    this.groups = groups;
    long seen = grouped.size(1);
    this.full =
        groups == 1
            ? grouped
            : arena.zeros(grouped.size(0), seen * groups, grouped.size(2), grouped.size(3));
    this.perFilter = (int) (grouped.length() / grouped.size(0));
    this.own = new float[groups == 1 ? 0 : (int) grouped.length()];
    this.all = new float[own.length * groups];
  }

  /** Those without groups. */
  INDArray full() {
    return full;
  }

  private int place(int filter) {
    int perGroup = (int) grouped.size(0) / groups;
    return (filter * groups + filter / perGroup) * perFilter;
  }

  /** Writes those without groups. */
  void expand() {
    if (groups > 1) {
      Arena.copyOut(grouped, own, 0, own.length);
      for (int f = 0; f < grouped.size(0); f++) {
        System.arraycopy(own, f * perFilter, all, place(f), perFilter);
      }
      Arena.copyIn(all, 0, all.length, full);
    }
  }

  /** Writes those in groups. */
  void gather() {
    if (groups > 1) {
      Arena.copyOut(full, all, 0, all.length);
      for (int f = 0; f < grouped.size(0); f++) {
        System.arraycopy(all, place(f), own, f * perFilter, perFilter);
      }
      Arena.copyIn(own, 0, own.length, grouped);
    }
  }
}
