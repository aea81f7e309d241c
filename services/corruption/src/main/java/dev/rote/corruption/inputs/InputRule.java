package dev.rote.corruption.inputs;

/** Makes the inputs that replace real ones. Safe to share between threads. */
public sealed interface InputRule permits InputRule.Noise, InputRule.Shuffle, Borrowed {

  /** New values that owe nothing to the example. */
  non-sealed interface Noise extends InputRule {
    /** Draws the values of an example, float32[V]. */
    void draw(long example, float[] out);
  }

  /** The example's own values in another order. */
  non-sealed interface Shuffle extends InputRule {
    /** Reorders the levels of an example, int32[V], in place. */
    void shuffle(long example, int[] levels);
  }
}
