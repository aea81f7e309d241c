package dev.rote.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.MissingArtifact;
import org.junit.jupiter.api.Test;

/** Which keys are of what can be made again. */
class ArtifactKeysTest {
  @Test
  void artifact_blockOfATrace_isOfItsTrial() {
    String key = ArtifactKeys.traceBlock(StoredMessage.traceBlock("abc", 12, 3));
    assertThat(key).isEqualTo("trials/abc/trace/0000012/00003");
    assertThat(ArtifactKeys.artifact(key))
        .hasValueSatisfying(made -> assertThat(made.getTrialId()).isEqualTo("abc"))
        .map(MissingArtifact::getKey)
        .hasValue(key);
  }

  /** A run that cannot go on from it goes on from elsewhere. */
  @Test
  void artifact_blockOfAnEpochUnderWay_isNone() {
    String key = ArtifactKeys.traceUnderWay(StoredMessage.traceUnderWay("abc", 70, 0));
    assertThat(key).isEqualTo("trials/abc/resume/000000000000070-trace-00000");
    assertThat(ArtifactKeys.artifact(key)).isEmpty();
  }
}
