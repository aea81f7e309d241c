package dev.rote.recipes;

import dev.rote.v1.CosineDecay;
import dev.rote.v1.CosineRestarts;
import dev.rote.v1.OneCycle;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.StepDecay;
import dev.rote.v1.Triangle;
import java.util.List;

/**
 * A schedule of learning rates after any warm-up, whose steps s and epochs {@code e = floor(s /
 * steps per epoch)} count from 0. Formulas are those of the classes of {@code
 * torch.optim.lr_scheduler} that each names, with r the rate of the optimiser.
 */
sealed interface Curve {

  /** Rate of step s. */
  double rate(double r, long s);

  /** Momentum of step s. */
  default double momentum(double constant, long s) {
    return constant;
  }

  /**
   * The curve of an optimiser.
   *
   * @param optimizer all defaults filled in
   * @param perEpoch steps of an epoch
   * @param ofEpochs steps of the epochs that are left after the warm-up, at least 1
   * @param left steps that are left after it, which a step cap may make fewer, at least 1
   */
  static Curve of(OptimizerSpec optimizer, long perEpoch, long ofEpochs, long left) {
    return switch (optimizer.getScheduleCase()) {
      case SCHEDULE_NOT_SET -> new Constant();
      case STEP_DECAY -> {
        StepDecay decay = optimizer.getStepDecay();
        yield new Steps(decay.getFactor(), decay.getEveryEpochs(), perEpoch);
      }
      case COSINE_DECAY -> {
        CosineDecay cosine = optimizer.getCosineDecay();
        long epochs = (ofEpochs + perEpoch - 1) / perEpoch;
        yield new Cosine(epochs, cosine.getEtaMin(), perEpoch);
      }
      case MILESTONES ->
          new Milestones(
              optimizer.getMilestones().getMilestonesList(),
              optimizer.getMilestones().getGamma(),
              perEpoch);
      case COSINE_RESTARTS -> {
        CosineRestarts restarts = optimizer.getCosineRestarts();
        yield new Restarts(restarts.getT0(), restarts.getTMult(), restarts.getEtaMin(), perEpoch);
      }
      case TRIANGLE -> Cycles.of(optimizer.getTriangle(), left);
      case ONE_CYCLE -> new One(optimizer.getOneCycle(), left);
    };
  }

  /** {@code LinearLR}: {@code r (f + (1 - f) done / total)}, with f the factor at the start. */
  static double warmup(double r, double startFactor, long done, long total) {
    return r * (startFactor + (1 - startFactor) * done / total);
  }

  /** The same rate throughout. */
  record Constant() implements Curve {
    @Override
    public double rate(double r, long s) {
      return r;
    }
  }

  /** {@code StepLR}: {@code r gamma^floor(e / every)}. */
  record Steps(double gamma, long every, long perEpoch) implements Curve {
    @Override
    public double rate(double r, long s) {
      long times = s / perEpoch / every;
      return r * StrictMath.pow(gamma, (double) times);
    }
  }

  /** {@code MultiStepLR}: {@code r gamma^(milestones that are at most e)}. */
  record Milestones(List<Integer> milestones, double gamma, long perEpoch) implements Curve {
    @Override
    public double rate(double r, long s) {
      long passed = milestones.stream().filter(milestone -> milestone <= s / perEpoch).count();
      return r * StrictMath.pow(gamma, (double) passed);
    }
  }

  /** {@code CosineAnnealingLR}: {@code eta + (r - eta) (1 + cos(pi e / T)) / 2}. */
  record Cosine(long tMax, double etaMin, long perEpoch) implements Curve {
    @Override
    public double rate(double r, long s) {
      return annealed(r, etaMin, s / perEpoch, tMax);
    }

    static double annealed(double r, double etaMin, long e, long t) {
      return etaMin + (r - etaMin) * (1 + StrictMath.cos(Math.PI * e / t)) / 2;
    }
  }

  /** {@code CosineAnnealingWarmRestarts}: the cosine again and again, over T0, T0 m, T0 m², …. */
  record Restarts(long t0, long tMult, double etaMin, long perEpoch) implements Curve {
    @Override
    public double rate(double r, long s) {
      long e = s / perEpoch;
      long t = t0;
      if (tMult == 1) {
        return Cosine.annealed(r, etaMin, e % t, t);
      }
      while (e >= t) {
        e -= t;
        t *= tMult;
      }
      return Cosine.annealed(r, etaMin, e, t);
    }
  }

  /**
   * {@code CyclicLR}, mode triangular, momentum not cycled: from the base rate straight up to r in
   * {@code up} steps and straight down in {@code down}, and again.
   */
  record Cycles(double base, long up, long down) implements Curve {
    static Cycles of(Triangle triangle, long left) {
      long up = triangle.hasStepSizeUp() ? triangle.getStepSizeUp() : Math.max(1, left / 2);
      long fitting = triangle.hasStepSizeUp() ? up : Math.max(1, left - up);
      return new Cycles(
          triangle.getBaseLr(),
          up,
          triangle.hasStepSizeDown() ? triangle.getStepSizeDown() : fitting);
    }

    @Override
    public double rate(double r, long s) {
      long at = s % (up + down);
      double height = at <= up ? (double) at / up : (double) (up + down - at) / down;
      return base + (r - base) * height;
    }
  }

  /**
   * {@code OneCycleLR}, two phases: over {@code pct T - 1} steps from {@code r / div} to r, then to
   * {@code r / div / finalDiv} at step T - 1, each along half a cosine or a line; momentum goes the
   * other way, from the largest to the base and back.
   */
  record One(OneCycle cycle, long total) implements Curve {
    @Override
    public double rate(double r, long s) {
      double initial = r / cycle.getDivFactor();
      return between(initial, r, initial / cycle.getFinalDivFactor(), s);
    }

    @Override
    public double momentum(double constant, long s) {
      double largest = cycle.getMaxMomentum();
      return cycle.getCycleMomentum()
          ? between(largest, cycle.getBaseMomentum(), largest, s)
          : constant;
    }

    private double between(double start, double peak, double end, long s) {
      double top = cycle.getPctStart() * total - 1;
      double last = total - 1.0;
      if (s <= top) {
        return anneal(start, peak, top == 0 ? 1 : s / top);
      }
      double down = last - top;
      return anneal(peak, end, down == 0 ? 1 : Math.min(1, (s - top) / down));
    }

    private double anneal(double from, double to, double share) {
      return cycle.getAnnealStrategy() == OneCycle.AnnealStrategy.LINEAR
          ? from + (to - from) * share
          : to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }
  }
}
