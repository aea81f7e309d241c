package dev.rote.metrics.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.TextFormat;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.spec.SweepDefaults;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.CriticalSampleValues;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.FiltersValues;
import dev.rote.v1.Graph;
import dev.rote.v1.LossSensitivityValues;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is measured of a stored run, of each kind of network, beside the same by the reference
 * engine from the same checkpoints.
 */
class NetworkKindsIT {
  private static final TestStack STACK = new TestStack();
  private static final String BLOCK =
      """
      nodes {name: 'b' convolution {filters: 3 kernel: 1}}
      nodes {name: 'm' batch_norm {}}
      nodes {name: 's' inputs: 'm' inputs: 'r' add {}}
      nodes {name: 't' relu {}}
      """;
  private static final String END = "nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}}";

  private enum Kind {
    MLP("0", ""),
    PLAIN(
        "1",
        "nodes {name: 'a' convolution {filters: 3 kernel: 1}} nodes {name: 'r' relu {}}" + END),
    NORMALISED("2", normalised() + END),
    RESIDUAL("3", normalised() + BLOCK + END);

    private final String digit;
    private final String nodes;

    Kind(String digit, String nodes) {
      this.digit = digit;
      this.nodes = nodes;
    }

    private static String normalised() {
      return """
      nodes {name: 'a' convolution {filters: 3 kernel: 1}}
      nodes {name: 'n' batch_norm {}}
      nodes {name: 'r' relu {}}
      """;
    }
  }

  @BeforeAll
  static void writeStudy() {
    new StoredStudy(STACK.store()).write();
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  private static String write(Kind kind) throws TextFormat.ParseException {
    TrialSpec.Builder spec = StoredRun.spec().toBuilder();
    if (kind != Kind.MLP) {
      spec.getModelBuilder().setGraph(TextFormat.parse(kind.nodes, Graph.class));
    }
    String trial = "2000000000000000000000000000000" + kind.digit;
    new StoredRun(STACK.store(), trial)
        .write(SweepDefaults.fill(spec.build()), 0, TrialResult.Outcome.CAP_REACHED);
    return trial;
  }

  /** Of the last epoch. A stored measurement is reused: specifications of two engines differ. */
  private static CheckpointMeasurement measure(
      Engine engine, String trial, MeasurementSpec.Builder spec) {
    List<CheckpointMeasurement> checkpoints =
        new TrialMeasurer(
                new StoredTrials(
                    STACK.store(),
                    new VariantCache(new StoredVariants(STACK.store()), STACK.cache(), 1 << 20)),
                new StoredNetworks(STACK.store(), engine),
                System::nanoTime)
            .measure(trial, spec.setFinalOnly(true).build(), () -> {})
            .measurement()
            .getCheckpointsList();
    return checkpoints.get(checkpoints.size() - 1);
  }

  @ParameterizedTest
  @EnumSource
  void measure_everyKindOfNetwork_isWhatTheReferenceMeasures(Kind kind) throws Exception {
    String trial = write(kind);
    Engine engine = EngineUnderTest.open();
    Engine reference = Engines.named("reference");
    try {
      MeasurementSpec.Builder errors = MeasurementSpec.newBuilder();
      errors.getExampleErrorsBuilder().getExamplesBuilder().setCount(4);
      ExampleErrorValues ours = measure(engine, trial, errors).getExampleErrors();
      errors.getExampleErrorsBuilder().getExamplesBuilder().setCount(3);
      ExampleErrorValues theirs = measure(reference, trial, errors).getExampleErrors();
      for (int i = 0; i < 3; i++) {
        assertThat(ours.getLosses(i)).isCloseTo(theirs.getLosses(i), within(1e-5f));
      }

      MeasurementSpec.Builder sharpness = MeasurementSpec.newBuilder();
      sharpness.getSharpnessBuilder().setTolerance(1e-4).setSeed(1);
      double our = measure(engine, trial, sharpness).getSharpness().getLargestEigenvalue();
      sharpness.getSharpnessBuilder().setSeed(2);
      double their = measure(reference, trial, sharpness).getSharpness().getLargestEigenvalue();
      assertThat(our).isPositive().isCloseTo(their, within(2e-4 * their));

      MeasurementSpec.Builder critical = MeasurementSpec.newBuilder();
      critical.getCriticalSamplesBuilder().setRadius(20).getFgsmBuilder();
      CriticalSampleValues found = measure(engine, trial, critical).getCriticalSamples();
      critical.getCriticalSamplesBuilder().setRadius(20.0001);
      CriticalSampleValues again = measure(reference, trial, critical).getCriticalSamples();
      assertThat(found.getExamples()).isEqualTo(4);
      assertThat(found.getCritical()).isEqualTo(again.getCritical());

      MeasurementSpec.Builder filters = MeasurementSpec.newBuilder();
      filters.getFiltersBuilder().setCount(3);
      FiltersValues first = measure(engine, trial, filters).getFilters();
      filters.getFiltersBuilder().setCount(2);
      FiltersValues same = measure(reference, trial, filters).getFilters();
      assertThat(first.getFilters()).isEqualTo(3);
      assertThat(first.getWeightsList()).startsWith(same.getWeightsList().toArray(Float[]::new));

      MeasurementSpec.Builder sensitivity = MeasurementSpec.newBuilder();
      sensitivity.getLossSensitivityBuilder().setTailSteps(6);
      LossSensitivityValues values = measure(engine, trial, sensitivity).getLossSensitivity();
      assertThat(values.getLosses()).isEqualTo(3);
      assertThat(values.getSensitivitiesList()).hasSize(4).allMatch(s -> s > 0);
    } finally {
      reference.close();
    }
  }
}
