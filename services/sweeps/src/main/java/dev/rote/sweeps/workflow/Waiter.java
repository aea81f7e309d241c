package dev.rote.sweeps.workflow;

/** A cell that waits for work. */
record Waiter(String sweepId, long index) {

  /** Reads {@code <sweep>|<index>}. */
  static Waiter of(String text) {
    int end = text.lastIndexOf(Keys.END);
    return new Waiter(text.substring(0, end), Long.parseLong(text.substring(end + 1)));
  }
}
