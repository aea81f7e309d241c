package dev.rote.sweeps.workflow;

import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepRecordOrBuilder;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.SweepSubmitted;
import java.util.ArrayList;
import java.util.List;

/**
 * What the steering fields of a submitted spec ask of its sweep. Submitted twice, they ask once.
 */
final class DeclaredControls {

  private DeclaredControls() {}

  static List<SweepControlRequested> of(
      SweepSubmitted submitted, SweepRecordOrBuilder sweep, boolean created) {
    SweepSpec spec = submitted.getSweep().getSpec();
    List<Control> controls = new ArrayList<>();
    Phase phase = sweep.getPhase();
    if (!created && retries(submitted, sweep, false) != sweep.getRetries()) {
      controls.add(Control.RETRY_FAILED);
      phase = Phase.RUNNING;
    }
    if (spec.getSuspend() && phase == Phase.RUNNING) {
      controls.add(Control.PAUSE);
    } else if (spec.hasSuspend() && !spec.getSuspend() && phase == Phase.PAUSED) {
      controls.add(Control.RESUME);
    }
    return controls.stream()
        .map(
            control ->
                SweepControlRequested.newBuilder()
                    .setSweepId(submitted.getSweepId())
                    .setControl(control)
                    .build())
        .toList();
  }

  /** How far retries are carried out once these controls are. */
  static int retries(SweepSubmitted submitted, SweepRecordOrBuilder sweep, boolean created) {
    int asked = submitted.getSweep().getSpec().getRetryFailed();
    boolean due = created || SweepLifecycle.ended(sweep.getPhase());
    return due && Integer.compareUnsigned(asked, sweep.getRetries()) > 0
        ? asked
        : sweep.getRetries();
  }
}
