package dev.rote.figures.drawing;

import dev.rote.figures.ShortNumber;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {
  private static final double[] ROUND_STEPS = {1, 2, 2.5, 5, 10};
  private static final double SLACK = 1e-9;
  private static final int DECADES_LABELLED = 6;
  private static final double TOO_SHORT_FOR_DIGITS = 4;
  private static final double SHORT = 100;
  private static final int TICKS_OF_A_SHORT_AXIS = 4;

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
   * Ticks of a logarithmic axis, within its ends: powers of ten labelled, not all of them on a long
   * axis, 2 and 5 times them on a short one, and evenly spaced numbers on a very short one.
   */
  static List<Tick> logarithmic(double low, double high) {
    if (high / low < TOO_SHORT_FOR_DIGITS) {
      return linear(low, high, TICKS_OF_A_SHORT_AXIS, false);
    }
    boolean isShort = high / low < SHORT;
    int first = (int) Math.floor(Math.log10(low) + SLACK);
    int every = (int) Math.ceil((Math.log10(high) - first) / DECADES_LABELLED - SLACK);
    List<Tick> ticks = new ArrayList<>();
    for (int decade = first; Math.pow(10, decade) <= high * (1 + SLACK); decade++) {
      for (int digit = 1; digit < (every > 1 ? 2 : 10); digit++) {
        BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(decade);
        if (value.doubleValue() < low * (1 - SLACK) || value.doubleValue() > high * (1 + SLACK)) {
          continue;
        }
        boolean labelled =
            (digit == 1 && Math.floorMod(decade, every) == 0)
                || (isShort && (digit == 2 || digit == 5));
        ticks.add(new Tick(value.doubleValue(), labelled ? label(digit, decade) : ""));
      }
    }
    return ticks;
  }

  private static String label(int digit, int decade) {
    return decade < -3 || decade > 5
        ? digit + "e" + decade
        : BigDecimal.valueOf(digit).scaleByPowerOfTen(decade).toPlainString();
  }

  /** Ticks at given values. */
  static List<Tick> at(Collection<Double> values) {
    return values.stream().map(value -> new Tick(value, ShortNumber.of(value))).toList();
  }
}
