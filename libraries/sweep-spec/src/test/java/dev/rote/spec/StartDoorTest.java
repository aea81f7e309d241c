package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.StartCheckpoint;
import dev.rote.v1.StartFile;
import dev.rote.v1.StartSpec;
import dev.rote.v1.TrialSpec;
import org.junit.jupiter.api.Test;

/** What may be written as that which training starts from. */
class StartDoorTest {
  private static final String TRIAL = "0123456789abcdef0123456789abcdef";
  private static final String SUM = TRIAL + TRIAL;

  private static TrialSpec.Builder trial() {
    return TrialSpec.newBuilder()
        .setDataset(DatasetSpec.newBuilder().setName("strokes"))
        .setModel(ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(4)));
  }

  private static TrialSpec from(String trialId, int epoch) {
    StartCheckpoint.Builder checkpoint =
        StartCheckpoint.newBuilder().setTrialId(trialId).setEpoch(epoch);
    return trial().setStart(StartSpec.newBuilder().setCheckpoint(checkpoint)).build();
  }

  private static TrialSpec from(StartFile.Builder file) {
    return trial().setStart(StartSpec.newBuilder().setFile(file)).build();
  }

  private static StartFile.Builder file(String path, String sha256) {
    return StartFile.newBuilder().setPath(path).setSha256(sha256);
  }

  private static void assertRefused(TrialSpec trial, String... messages) {
    assertThatThrownBy(() -> SweepValidator.check(trial))
        .isInstanceOf(SpecException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void check_checkpointOrFile_isLetIn() {
    assertThatCode(() -> SweepValidator.check(from(TRIAL, 0))).doesNotThrowAnyException();
    assertThatCode(() -> SweepValidator.check(from(file("nets/a.npz", SUM))))
        .doesNotThrowAnyException();
  }

  @Test
  void check_whatIsNoStart_saysWhatToWrite() {
    assertRefused(
        trial().setStart(StartSpec.getDefaultInstance()).build(),
        "trial.start",
        "must have checkpoint or file; none is written");
    assertRefused(
        from("../x", 1), "trial.start.checkpoint.trialId", "32 hexadecimal", "was \"../x\"");
    assertRefused(from(TRIAL, -1), "trial.start.checkpoint.epoch", "must be in [0, 1000000]");
    StartSpec noEpoch =
        StartSpec.newBuilder()
            .setCheckpoint(StartCheckpoint.newBuilder().setTrialId(TRIAL))
            .build();
    assertRefused(trial().setStart(noEpoch).build(), "trial.start.checkpoint.epoch");
    assertRefused(
        from(file("../a.npz", SUM)), "trial.start.file.path", "inside the datasets directory");
    assertRefused(from(file("", SUM)), "trial.start.file.path", "it is not written");
    assertRefused(
        from(file("a.npz", "")),
        "trial.start.file.sha256",
        "sha256sum prints them; it is not written");
  }

  @Test
  void trialId_otherStart_isAnother() {
    assertThat(
            java.util.stream.Stream.of(
                    trial().build(),
                    from(TRIAL, 0),
                    from(TRIAL, 1),
                    from("f" + TRIAL.substring(1), 0),
                    from(file("a.npz", SUM)),
                    from(file("a.npz", "f" + SUM.substring(1))))
                .map(Ids::trialId))
        .doesNotHaveDuplicates();
  }

  @Test
  void trialId_sameFileElsewhere_isTheSame() {
    assertThat(Ids.trialId(from(file("nets/a.npz", SUM))))
        .isEqualTo(Ids.trialId(from(file("b.npz", SUM))));
  }
}
