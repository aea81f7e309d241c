package dev.rote.sweeps.grpc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.blueprint.Blueprint;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SemanticVersions;
import dev.rote.spec.StartFit;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.StartSpec;
import dev.rote.v1.Tensor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checkpoints that sweeps start from, in a real object store. */
class StoredStartsIT {
  private static final String TRIAL = "0123456789abcdef0123456789abcdef";
  private static final Shape SHAPE =
      Shape.newBuilder().setChannels(1).setHeight(2).setWidth(2).build();

  private final TestStack stack = new TestStack();

  /* Nobody listens: checkpoints are looked at without the corruption service. */
  private final ManagedChannel nobody =
      ManagedChannelBuilder.forAddress("localhost", TestStack.freePort()).usePlaintext().build();

  @AfterEach
  void stop() {
    nobody.shutdownNow();
    stack.close();
  }

  private static ModelSpec mlp(int units) {
    return ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(units)).build();
  }

  private void store(ModelSpec model) throws IOException {
    CheckpointHeader.Builder header =
        CheckpointHeader.newBuilder()
            .setTrialId(TRIAL)
            .setEngineVersion(SemanticVersions.ENGINE)
            .setEpoch(3)
            .setModel(model)
            .setClasses(3);
    Blueprint.of(model, SHAPE, 3)
        .parameters()
        .forEach(
            shape ->
                header.addTensors(
                    Tensor.newBuilder().setName(shape.name()).addAllShape(shape.sizes())));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CheckpointWriter.write(header.build(), (t, out) -> {}, bytes);
    stack.store().put(ArtifactKeys.checkpoint(TRIAL, 3), bytes.toByteArray());
  }

  private void check(ModelSpec model, int epoch) {
    StartSpec.Builder start = StartSpec.newBuilder();
    start.getCheckpointBuilder().setTrialId(TRIAL).setEpoch(epoch);
    new StoredStarts(stack.store(), new CorruptionChecks(nobody, Duration.ofSeconds(5)))
        .check(new StartFit(start.build(), model, SHAPE, 3));
  }

  @Test
  void check_checkpoint_isLetInIfItIsThereAndFits() throws IOException {
    store(mlp(4));
    assertThatCode(() -> check(mlp(4), 3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(mlp(5), 3))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("the checkpoint of epoch 3 of trial " + TRIAL)
        .hasMessageContaining("it has layer0/weights of shape [4, 4], must be [4, 5]");
    assertThatThrownBy(() -> check(mlp(4), 2))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("there is no checkpoint of epoch 2 of trial " + TRIAL);
  }
}
