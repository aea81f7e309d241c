package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.sequential.Foresight;
import dev.rote.figures.sequential.NominalLevels;
import dev.rote.figures.sequential.RepeatDesign;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.study.StudyData;
import dev.rote.figures.study.StudyResults;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.ClaimLook.Decision;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Look;
import dev.rote.v1.SweepSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges the open claims of a sweep at a look, by repeated confidence intervals: intervals at the
 * look's {@linkplain NominalLevels level}, which all hold the true value at once with the
 * confidence of the sweep. A claim holds when its interval lies on its side of the threshold
 * altogether, fails when it lies on the other, and is futile when neither is likely any more
 * ({@link Foresight}); that frees nothing of the error, so that nobody needs to stop at it. Source:
 * C. Jennison, B. W. Turnbull, "Interim analyses: the repeated confidence interval approach", JRSS
 * B 51 (1989).
 *
 * <p>With Holm's procedure a claim of m in a figure of which r are decided is judged at the error
 * divided by m - r, again whenever another is decided. Source: Y. Ye, A. Li, L. Liu, B. Yao, "A
 * group sequential Holm procedure with multiple primary endpoints", Statistics in Medicine 32
 * (2013).
 */
public final class LookJudge {
  private final RepeatDesign design;
  private final ClaimEvidence evidence;
  private final int look;
  private final Map<Integer, Decision> closed = new HashMap<>();
  private final List<ClaimLook> judged = new ArrayList<>();

  private LookJudge(StudyData data, RepeatDesign design, List<Look> before) {
    this.design = design;
    this.evidence = new ClaimEvidence(data, design.atMost());
    this.look = before.size();
    for (Look earlier : before) {
      for (ClaimLook claim : earlier.getClaimsList()) {
        if (claim.getDecision() != Decision.OPEN) {
          closed.put(claim.getClaim(), claim.getDecision());
        }
      }
    }
  }

  /**
   * The next look.
   *
   * @param results of a sweep that repeats until judged: the repetitions of the look, and no more
   * @param before the looks before it, in order
   */
  public static Look judge(StudyResults results, List<Look> before) {
    SweepSpec spec = results.sweep().getSpec();
    RepeatDesign design = RepeatDesign.of(spec.getRepeat());
    LookJudge judge = new LookJudge(StudyData.gather(results), design, before);
    int first = 0;
    for (FigureSpec figure : spec.getFiguresList()) {
      judge.figure(figure, first);
      first += figure.getClaimsCount();
    }
    return Look.newBuilder()
        .setNumber(before.size() + 1)
        .setRepetitions(design.looks().get(before.size()))
        .addAllClaims(judge.judged)
        .build();
  }

  private void figure(FigureSpec figure, int first) {
    int count = figure.getClaimsCount();
    int decided = 0;
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Decision decision = closed.getOrDefault(first + i, Decision.OPEN);
      decided += decision == Decision.HOLDS || decision == Decision.FAILS ? 1 : 0;
      if (decision == Decision.OPEN) {
        open.add(i);
      }
    }
    Map<Integer, ClaimLook> found = new HashMap<>();
    boolean again = !open.isEmpty();
    while (again) {
      again = false;
      double error = design.holm() ? design.error() / (count - decided) : design.error();
      double[] levels = NominalLevels.of(design, error);
      for (int i : List.copyOf(open)) {
        ClaimLook result = claim(figure.getClaims(i), first + i, levels);
        found.put(i, result);
        Decision decision = result.getDecision();
        if (decision == Decision.HOLDS || decision == Decision.FAILS) {
          open.remove(Integer.valueOf(i));
          decided++;
          again = design.holm() && !open.isEmpty();
        }
        if (again) {
          break;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      if (found.containsKey(i)) {
        judged.add(found.get(i));
      }
    }
  }

  private ClaimLook claim(ClaimSpec claim, int position, double[] levels) {
    ClaimLook.Builder result =
        ClaimLook.newBuilder()
            .setClaim(position)
            .setRepetitions(design.looks().get(look))
            .setLevel(levels[look])
            .setStatistic(Double.NaN)
            .setLow(Double.NEGATIVE_INFINITY)
            .setHigh(Double.POSITIVE_INFINITY)
            .setPower(Double.NaN)
            .setDecision(Decision.OPEN);
    Evidence found = evidence.of(claim);
    result.setStatisticName(found.words());
    if (found instanceof Evidence.Never never) {
      return result
          .setStatisticName(ClaimJudge.intended(claim))
          .setDecision(Decision.FUTILE)
          .setReason(never.words())
          .build();
    }
    if (found instanceof Evidence.Endless) {
      return result.setDecision(Decision.FAILS).build();
    }
    Evidence.Measured measured = (Evidence.Measured) found;
    measured.spread().ifPresent(result::setSpread);
    judge(result, claim, measured, levels);
    return result.build();
  }

  private void judge(
      ClaimLook.Builder result, ClaimSpec claim, Evidence.Measured measured, double[] levels) {
    boolean last = look == levels.length - 1;
    double level = levels[look];
    if (level > 0) {
      Interval interval = measured.at(level);
      result.setStatistic(interval.estimate());
      if (!Double.isNaN(interval.low()) && !Double.isNaN(interval.high())) {
        result.setLow(interval.low()).setHigh(interval.high());
      }
    }
    boolean high = Comparisons.favoursHigh(claim.getComparison());
    double near = high ? result.getLow() : result.getHigh();
    double far = high ? result.getHigh() : result.getLow();
    if (Comparisons.holds(near, claim)) {
      result.setDecision(Decision.HOLDS);
    } else if (!Comparisons.holds(far, claim)) {
      result.setDecision(Decision.FAILS);
    } else if (measured instanceof Evidence.Values values && values.bound() == Bound.EXACT) {
      values(result, claim, values, levels, last);
    }
    if (result.getDecision() == Decision.OPEN && last) {
      result.setReason("its interval reaches to both sides of the threshold");
    }
  }

  private void values(
      ClaimLook.Builder result,
      ClaimSpec claim,
      Evidence.Values values,
      double[] levels,
      boolean last) {
    if (values.isConstant()) {
      if (last) {
        /* All of them equal to the end: as a sweep of fixed repetitions has it. */
        boolean holds = Comparisons.holds(values.first(), claim);
        result.setDecision(holds ? Decision.HOLDS : Decision.FAILS);
        result.setLow(values.first()).setHigh(values.first());
      }
      return;
    }
    if (last || values.size() < 2) {
      return;
    }
    double deviation = result.getSpread().getDeviation();
    Foresight ahead =
        Foresight.of(
            design,
            look,
            levels,
            values.size(),
            result.getSpread().getMean() - claim.getThreshold(),
            deviation * deviation);
    result.setPower(ahead.decided()).setExpectedRepetitions(ahead.repetitions());
    if (ahead.decided() < design.futility()) {
      result
          .setDecision(Decision.FUTILE)
          .setReason(
              Wording.format(
                  "it would be decided by %s with a probability of %s",
                  Wording.repetitions(design.atMost()), Wording.number(ahead.decided())));
    }
  }
}
