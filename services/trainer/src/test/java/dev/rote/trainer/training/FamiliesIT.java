package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.spec.Ids;
import dev.rote.spec.Numerics;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.TrialId;
import dev.rote.testkit.TestStack;
import dev.rote.trainer.storage.StoredCheckpoints;
import dev.rote.trainer.storage.StoredNumerics;
import dev.rote.trainer.storage.StoredResults;
import dev.rote.trainer.storage.TakenTrialException;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine of the CPU and the reference engine train in one bucket. */
@SuppressWarnings("NullAway.Init")
class FamiliesIT {
  private static final Engine ND4J = Engines.named("nd4j");
  private static final Engine REFERENCE = Engines.named("reference");

  private TestStack stack;

  @BeforeEach
  void start() {
    stack = new TestStack();
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  private static TrialSpec.Builder spec() {
    TrialSpec.Builder spec = TrialSpec.newBuilder().setSeed(7);
    spec.getDatasetBuilder().setName("strokes");
    spec.getModelBuilder().getMlpBuilder().addHidden(12);
    spec.getOptimizerBuilder().setLearningRate(0.05).setMomentum(0.9);
    spec.getTrainingBuilder().setEpochs(4).setBatchSize(13);
    return spec;
  }

  private static Trial trial(String id, TrialSpec.Builder spec) {
    return new Trial(
        id,
        "variant",
        SweepDefaults.fill(spec.build()),
        MadeExamples.flat(100, 10, 3, "train"),
        MadeExamples.flat(40, 10, 3, "validation"));
  }

  private static final class Control implements RunControl {
    private long questions;

    Control(long questions) {
      this.questions = questions;
    }

    @Override
    public boolean shouldStop() {
      return questions-- <= 0;
    }

    @Override
    public void progress(TrialProgress newest) {}
  }

  private RunEnd run(Trial trial, Engine engine, long questions) {
    StoredCheckpoints checkpoints =
        new StoredCheckpoints(stack.store(), stack.cache(), engine.numerics());
    return new TrialRun(
            trial,
            engine,
            checkpoints,
            Trace.NONE,
            new Control(questions),
            Duration.ofMinutes(1),
            System::nanoTime)
        .run();
  }

  private TrialResult finish(Trial trial, Engine engine) {
    return ((RunEnd.Finished) run(trial, engine, Long.MAX_VALUE)).result();
  }

  private CheckpointHeader header(String key) {
    try (CheckpointReader reader = CheckpointReader.open(stack.store(), key)) {
      return reader.header();
    }
  }

  private StoredNumerics numerics(Engine engine) {
    return new StoredNumerics(stack.store(), new Numerics(engine.numerics()));
  }

  @Test
  void run_resumedByAnotherFamily_beginsAnew_andEndsAsItsOwn() {
    TrialResult expected = finish(trial("whole", spec()), REFERENCE);
    Trial cut = trial("cut", spec());
    assertThat(run(cut, ND4J, 30)).isInstanceOf(RunEnd.Stopped.class);
    assertThat(stack.store().list(ArtifactKeys.checkpoints("cut"), "", 10)).isNotEmpty();
    TrialResult resumed = finish(cut, REFERENCE);
    assertThat(resumed.getHistoryList()).isEqualTo(expected.getHistoryList());
    assertThat(resumed.getNumerics()).isEqualTo("reference");
    for (String key : stack.store().list(ArtifactKeys.checkpoints("cut"), "", 10)) {
      assertThat(header(key).getNumerics()).as(key).isEqualTo("reference");
    }
    assertThat(stack.store().list(ArtifactKeys.SET_ASIDE, "", 10)).isNotEmpty();
  }

  @Test
  void families_trainDifferentBits() {
    TrialResult one = finish(trial("one", spec()), REFERENCE);
    TrialResult other = finish(trial("other", spec()), ND4J);
    assertThat(one.getHistoryList()).isNotEqualTo(other.getHistoryList());
  }

  @Test
  void take_secondFamily_isToldWhoseItIs() {
    numerics(ND4J).take("trial");
    numerics(ND4J).take("trial");
    assertThatThrownBy(() -> numerics(REFERENCE).take("trial"))
        .isInstanceOfSatisfying(
            TakenTrialException.class,
            taken -> assertThat(taken.holder()).isEqualTo(ND4J.numerics()))
        .hasMessageContaining("trial trial is of the numerics " + ND4J.numerics());
    assertThat(StoredMessage.TRIAL_NUMERICS.get(stack.store(), "trial").getNumerics())
        .isEqualTo(ND4J.numerics());
  }

  @Test
  void reusable_countsWithinOneFamily_andThatOfBeforeByItsBackend() {
    StoredResults results = new StoredResults(stack.store());
    TrialResult made = finish(trial("made", spec()), ND4J);
    results.keep(made);
    TrialResult before =
        made.toBuilder()
            .setTrialId("before")
            .clearNumerics()
            .clearCheckpoints()
            .setBackend("nd4j-native 1.0.0-M2.1 avx512 onednn")
            .build();
    results.keep(before);
    assertThat(results.reusable("made", numerics(ND4J))).contains(made);
    assertThatThrownBy(() -> results.reusable("made", numerics(REFERENCE)))
        .isInstanceOf(TakenTrialException.class);
    for (String family : List.of("avx512-onednn-openblas-zen", "avx512-onednn-openblas-skylakex")) {
      StoredNumerics cpu = new StoredNumerics(stack.store(), new Numerics(family));
      assertThat(results.reusable("before", cpu)).contains(before);
    }
    StoredNumerics older =
        new StoredNumerics(stack.store(), new Numerics("avx2-onednn-openblas-zen"));
    assertThatThrownBy(() -> results.reusable("before", older))
        .isInstanceOf(TakenTrialException.class)
        .hasMessageContaining("avx512-onednn");
    assertThatThrownBy(() -> results.reusable("before", numerics(REFERENCE)))
        .isInstanceOf(TakenTrialException.class);
  }

  @Test
  void run_fromACheckpointOfAnotherFamily_startsFromThatOfItsOwn_orSaysWhatToDo() {
    TrialSpec.Builder second = spec().setSeed(8);
    second.getStartBuilder().getCheckpointBuilder().setTrialId("first").setEpoch(4);
    finish(trial("first", spec()), ND4J);
    assertThatThrownBy(() -> finish(trial("second", second), REFERENCE))
        .isInstanceOf(UnusableStartException.class)
        .hasMessageContaining("was trained in the numerics " + ND4J.numerics())
        .hasMessageContaining("this one is in reference");
    String within = Ids.trialIdWithin(new TrialId("first"), "reference").value();
    finish(trial(within, spec()), REFERENCE);
    TrialResult begun = finish(trial("second", second), REFERENCE);
    assertThat(begun.getOutcome()).isEqualTo(TrialResult.Outcome.CAP_REACHED);
  }
}
