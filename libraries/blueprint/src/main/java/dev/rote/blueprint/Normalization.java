package dev.rote.blueprint;

/** Constants of batch normalisation (Ioffe and Szegedy, ICML 2015), the same on every engine. */
public final class Normalization {
  /** Added to a variance before its root is taken. */
  public static final double EPSILON = 1e-5;

  /** What a running statistic keeps of itself at each training step. */
  public static final double DECAY = 0.9;

  private Normalization() {}
}
