package dev.rote.figures.drawing;

/**
 * A text set so that it fits a length: smaller, and cut off with an ellipsis when that is not
 * enough.
 *
 * @param text as set
 * @param size in points
 */
record FittedText(String text, double size) {
  private static final double SMALLEST = 6;

  static FittedText of(String text, double size, double available, Typeface typeface) {
    double width = typeface.width(text, size);
    if (width <= available) {
      return new FittedText(text, size);
    }
    double smaller = Math.max(SMALLEST, size * available / width);
    String kept = text;
    while (!kept.isEmpty() && typeface.width(shown(text, kept), smaller) > available + 1e-9) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return new FittedText(shown(text, kept), smaller);
  }

  private static String shown(String text, String kept) {
    return kept.length() == text.length() ? text : kept.stripTrailing() + "…";
  }
}
