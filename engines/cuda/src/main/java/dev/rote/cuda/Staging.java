package dev.rote.cuda;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * A batch on its way to the card: settings, weights, labels, slots and inputs one after the other
 * in page-locked memory, sent by one copy.
 */
final class Staging {
  private static final long ALIGNMENT = 256;

  private final BytePointer host;
  private final BytePointer card;
  private final long weights;
  private final long labels;
  private final long slots;
  private final long inputs;
  private final int inputLength;

  /**
   * @param capacity examples, each with {@code labelsOfEach} labels and weights
   */
  Staging(DeviceMemory memory, int capacity, int labelsOfEach, int inputLength) {
    long targets = (long) capacity * labelsOfEach;
    this.inputLength = inputLength;
    this.weights = aligned((long) Settings.LENGTH * Float.BYTES);
    this.labels = aligned(weights + targets * Double.BYTES);
    this.slots = aligned(labels + targets * Integer.BYTES);
    this.inputs = aligned(slots + (long) capacity * Integer.BYTES);
    long bytes = inputs + (long) capacity * inputLength * Float.BYTES;
    this.host = memory.host(bytes);
    this.card = memory.bytes(bytes);
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Fills the host's side; the last copy must have ended.
   *
   * @param n labels and weights
   */
  Staging put(float[] settings, double[] weighting, int[] labeling, int n) {
    new FloatPointer(host).put(settings, 0, Settings.LENGTH);
    new DoublePointer(host.getPointer(weights)).put(weighting, 0, n);
    new IntPointer(host.getPointer(labels)).put(labeling, 0, n);
    return this;
  }

  Staging putSlots(int[] slotting, int n) {
    new IntPointer(host.getPointer(slots)).put(slotting, 0, n);
    return this;
  }

  /**
   * @param from first example of {@code values}
   */
  Staging putInputs(float[] values, int from, int n) {
    new FloatPointer(host.getPointer(inputs)).put(values, from * inputLength, n * inputLength);
    return this;
  }

  /** Begins to send n examples. */
  void send(Stream stream, int n) {
    stream.toCard(host, card, inputs + (long) n * inputLength * Float.BYTES);
  }

  Settings settings() {
    return new Settings(new FloatPointer(card));
  }

  DoublePointer weights() {
    return new DoublePointer(card.getPointer(weights));
  }

  IntPointer labels() {
    return new IntPointer(card.getPointer(labels));
  }

  IntPointer slots() {
    return new IntPointer(card.getPointer(slots));
  }

  FloatPointer inputs() {
    return new FloatPointer(card.getPointer(inputs));
  }
}
