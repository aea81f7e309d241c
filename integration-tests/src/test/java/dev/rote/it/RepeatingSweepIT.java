package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.Repeating;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sweep that repeats until its claims are judged, on a whole stack. */
@ExtendWith(SharedLaboratory.class)
class RepeatingSweepIT {

  @Test
  void shouldRepeatWhatAnOpenClaimNeedsAndNoTrialTwiceWhenAFixedSweepFollows(Laboratory laboratory)
      throws Exception {
    Sweep sweep = laboratory.run(AdaptiveSweep.named("adaptive", 6101));
    SweepStatus status = sweep.getStatus();
    assertThat(status.getPhase()).isEqualTo(Phase.COMPLETED);

    JsonArray claims = AdaptiveSweep.claims(laboratory, status.getSweepId());
    assertThat(claim(claims, 0).get("verdict").getAsString()).isEqualTo("holds");
    assertThat(AdaptiveSweep.looks(claim(claims, 0))).containsExactly(3);
    assertThat(claim(claims, 1).get("verdict").getAsString()).isEqualTo("does not hold");
    assertThat(AdaptiveSweep.looks(claim(claims, 1))).containsExactly(3);
    List<Integer> looks = AdaptiveSweep.looks(claim(claims, 2));
    assertThat(looks).hasSizeGreaterThan(1).isSubsetOf(3, 5, 8, AdaptiveSweep.AT_MOST);
    assertThat(looks).isSorted();

    /* Random inputs have what the first look took, real ones what the last one did. */
    int repetitions = looks.get(looks.size() - 1);
    assertThat(status.getCounts().getDone()).isEqualTo(3 + repetitions);
    assertThat(status.getCounts().getReused()).isZero();
    Repeating repeating = status.getRepeating();
    assertThat(repeating.getLooks()).isEqualTo(looks.size());
    assertThat(repeating.getOpen()).isZero();
    assertThat(repeating.getMostTrials()).isEqualTo(2 * AdaptiveSweep.AT_MOST);

    Sweep fixed = laboratory.run(AdaptiveSweep.fixed("adaptive-fixed", 6101));
    assertThat(fixed.getStatus().getCounts().getDone()).isEqualTo(2 * AdaptiveSweep.AT_MOST);
    assertThat(fixed.getStatus().getCounts().getReused()).isEqualTo(3 + repetitions);
  }

  private static JsonObject claim(JsonArray claims, int index) {
    return claims.get(index).getAsJsonObject();
  }
}
