package dev.rote.figures.building;

import dev.rote.figures.study.StudyData;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Verdict;

/** Verdicts of a sweep of fixed repetitions, with the spread of values that further ones follow. */
final class FixedVerdicts {
  private final ClaimJudge judge;
  private final ClaimEvidence evidence;

  FixedVerdicts(StudyData data) {
    this.judge = new ClaimJudge(data);
    this.evidence = new ClaimEvidence(data, data.sweep().getSpec().getRepetitions());
  }

  Verdict of(ClaimSpec claim) {
    Verdict verdict = judge.judge(claim);
    if (!verdict.getUndecided().isEmpty()
        || !(evidence.of(claim) instanceof Evidence.Measured measured)) {
      return verdict;
    }
    return measured
        .spread()
        .map(spread -> verdict.toBuilder().setSpread(spread).build())
        .orElse(verdict);
  }
}
