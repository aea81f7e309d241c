package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.embedded.Part;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.Cell;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.TrialId;
import dev.rote.spec.Variants;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.DownloadReportRequest;
import dev.rote.v1.Figure;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.VariantSpec;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A bit flipped in a stored object that a sweep under way needs: the sweep says which object it is,
 * and no figure changes by it.
 */
@ExtendWith(SharedLaboratory.class)
class DamagedObjectsIT {
  private static final long SEED = 171;

  private static String sweep(String name) {
    return TinySweep.named(name, SEED, 2);
  }

  @Test
  void shouldNameTheObjectAndKeepTheFiguresWhenAStoredBitIsFlipped(Laboratory laboratory)
      throws Exception {
    Sweep sound = laboratory.run(sweep("sound"));
    List<Figure> figures = figures(laboratory, sound);
    Cell cell = Grid.of(sound.getSpec()).cell(0);
    String trial = Ids.trialId(cell.trial()).value();
    String measured =
        Ids.measurementId(new TrialId(trial), sound.getSpec().getMeasurements(0)).value();

    assertThat(disturbed(laboratory, sweep("flipped-result"), ArtifactKeys.trialResult(trial)))
        .isEqualTo(figures);
    assertThat(disturbed(laboratory, sweep("flipped-number"), ArtifactKeys.measurement(measured)))
        .isEqualTo(figures);
    String measuredAnew = sweep("flipped-weights").replace("radius: 8", "radius: 9");
    assertThat(disturbed(laboratory, measuredAnew, ArtifactKeys.checkpoint(trial, 1)))
        .isEqualTo(figures);
  }

  @Test
  void shouldNameWhatOfAVariantIsFlippedBeforeTraining(Laboratory laboratory) throws Exception {
    String shard = sweep("flipped-shard").replace("trainSize: 400", "trainSize: 401");
    String shardKey = ArtifactKeys.variantShard(variant(laboratory, shard), "train", 0);
    assertThat(disturbed(laboratory, shard, shardKey)).hasSize(1);

    String manifest = sweep("flipped-manifest").replace("trainSize: 400", "trainSize: 402");
    String manifestKey = ArtifactKeys.variantManifest(variant(laboratory, manifest));
    assertThat(disturbed(laboratory, manifest, manifestKey)).hasSize(1);
  }

  /** Makes the variant of a sweep's first cell, and returns its id. */
  private static String variant(Laboratory laboratory, String text) {
    Cell cell = Grid.of(SweepFiles.parse(text, "test").getSpec()).cell(0);
    VariantSpec variant = Variants.of(cell.trial());
    CorruptionServiceGrpc.newBlockingStub(laboratory.channel(Part.CORRUPTION))
        .materializeVariant(MaterializeVariantRequest.newBuilder().setVariant(variant).build());
    return Ids.variantId(variant).value();
  }

  @Test
  void shouldNameTheFileWhenABitOfAReportIsFlipped(Laboratory laboratory) throws Exception {
    String id = laboratory.run(sweep("flipped-report")).getStatus().getSweepId();
    for (String key :
        List.of(
            ArtifactKeys.report(id) + "tables/accuracy.csv",
            ArtifactKeys.report(id) + "report.pb",
            ArtifactKeys.reportManifest(id))) {
      byte[] sound = flip(laboratory, key);
      assertDataLoss(key, () -> download(laboratory, id));
      if (!key.endsWith(".csv")) {
        assertDataLoss(key, () -> results(laboratory, id));
      }
      laboratory.store().put(key, sound);
    }
    download(laboratory, id);
    assertThat(results(laboratory, id)).hasSize(1);
  }

  /** Figures of a sweep that meets a damaged object, and goes on after its repair. */
  private static List<Figure> disturbed(Laboratory laboratory, String text, String key)
      throws Exception {
    byte[] sound = flip(laboratory, key);
    Sweep failed = laboratory.run(text);
    assertThat(failed.getStatus().getPhase()).as(key).isEqualTo(Phase.FAILED);
    assertThat(failed.getStatus().getFailuresList())
        .extracting(TrialFailure::getReason)
        .anySatisfy(reason -> assertThat(reason).contains("DAMAGED", key));
    laboratory.store().put(key, sound);
    String id = failed.getStatus().getSweepId();
    laboratory.sweeps().retryFailed(RetryFailedRequest.newBuilder().setSweep(id).build());
    Sweep ended = laboratory.awaitEnd(id);
    assertThat(ended.getStatus().getPhase()).as(key).isEqualTo(Phase.COMPLETED);
    return figures(laboratory, ended);
  }

  /** Flips a bit in the middle of an object, and returns what it was. */
  private static byte[] flip(Laboratory laboratory, String key) {
    byte[] sound = laboratory.store().get(key);
    byte[] flipped = sound.clone();
    flipped[flipped.length / 2] ^= 1;
    laboratory.store().put(key, flipped);
    return sound;
  }

  private static List<Figure> figures(Laboratory laboratory, Sweep sweep) {
    return results(laboratory, sweep.getStatus().getSweepId());
  }

  private static List<Figure> results(Laboratory laboratory, String id) {
    return laboratory
        .sweeps()
        .getResults(GetResultsRequest.newBuilder().setSweep(id).build())
        .getReport()
        .getFiguresList();
  }

  private static void download(Laboratory laboratory, String id) {
    laboratory
        .sweeps()
        .downloadReport(DownloadReportRequest.newBuilder().setSweep(id).build())
        .forEachRemaining(part -> {});
  }

  private static void assertDataLoss(String key, Runnable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(refused).as(key).isNotNull();
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
    assertThat(ApiErrors.describe(refused)).contains(key);
  }
}
