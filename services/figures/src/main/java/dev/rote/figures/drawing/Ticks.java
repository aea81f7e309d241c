package dev.rote.figures.drawing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {
  private static final double[] ROUND_STEPS = {1, 2, 2.5, 5, 10};
  private static final double SLACK = 1e-9;

  /**
   * A tick.
   *
   * @param label empty for a minor tick
   */
  record Tick(double value, String label) {}

  private Ticks() {}

  /**
   * Ticks of a linear axis, within its ends.
   *
   * @param wanted how many, roughly
   * @param whole whether only whole numbers make sense
   */
  static List<Tick> linear(double low, double high, int wanted, boolean whole) {
    double step = step(low, high, wanted, whole);
    int decimals = Math.max(0, new BigDecimal(Double.toString(step)).stripTrailingZeros().scale());
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - SLACK); i * step <= high + step * SLACK; i++) {
      BigDecimal value = BigDecimal.valueOf(i * step).setScale(decimals, RoundingMode.HALF_EVEN);
      ticks.add(new Tick(i * step, value.toPlainString()));
    }
    return ticks;
  }

  /** The round distance between ticks that comes nearest to the number wanted. */
  static double step(double low, double high, int wanted, boolean whole) {
    double rough = (high - low) / wanted;
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * magnitude;
    for (double round : ROUND_STEPS) {
      if (round * magnitude >= rough * (1 - SLACK)) {
        step = round * magnitude;
        break;
      }
    }
    /* Powers of ten below one are inexact; the shortest decimal is meant. */
    step = new BigDecimal(step).round(new MathContext(6)).doubleValue();
    return whole ? Math.max(1, Math.ceil(step)) : step;
  }

  /**
   * Ticks of a logarithmic axis, within its ends: powers of ten labelled, and 2 and 5 times them on
   * a short axis.
   */
  static List<Tick> logarithmic(double low, double high) {
    boolean isShort = high / low < 100;
    List<Tick> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(Math.log10(low) + SLACK);
        Math.pow(10, decade) <= high * (1 + SLACK);
        decade++) {
      for (int digit = 1; digit < 10; digit++) {
        BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(decade);
        if (value.doubleValue() < low * (1 - SLACK) || value.doubleValue() > high * (1 + SLACK)) {
          continue;
        }
        boolean labelled = digit == 1 || (isShort && (digit == 2 || digit == 5));
        ticks.add(new Tick(value.doubleValue(), labelled ? value.toPlainString() : ""));
      }
    }
    return ticks;
  }
}
