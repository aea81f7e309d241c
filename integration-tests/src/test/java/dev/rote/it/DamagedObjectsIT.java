package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
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
import dev.rote.v1.Measurement;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.VariantSpec;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Objects that a sweep needs, with a bit flipped or deleted: they are set aside and made again, the
 * sweep is completed, and no figure changes by it.
 */
@ExtendWith(SharedLaboratory.class)
class DamagedObjectsIT {
  private static final long SEED = 171;

  private static String sweep(String name) {
    return TinySweep.named(name, SEED, 2);
  }

  @Test
  void shouldMakeResultsAndCheckpointsAgainWhenTheyAreDamagedOrGone(Laboratory laboratory)
      throws Exception {
    Sweep sound = laboratory.run(sweep("sound"));
    List<Figure> figures = figures(laboratory, sound);
    Cell cell = Grid.of(sound.getSpec()).cell(0);
    TrialId id = Ids.trialId(cell.trial());
    String result = ArtifactKeys.trialResult(id.value());
    String measured =
        ArtifactKeys.measurement(Ids.measurementId(id, sound.getSpec().getMeasurements(0)).value());
    String weights = ArtifactKeys.checkpoint(id.value(), 1);
    byte[] number = laboratory.store().get(measured);

    flip(laboratory, result);
    assertThat(completed(laboratory, sweep("flipped-result"), result)).isEqualTo(figures);
    assertSetAside(laboratory, result);
    flip(laboratory, measured);
    assertThat(completed(laboratory, sweep("flipped-number"), measured)).isEqualTo(figures);
    assertSetAside(laboratory, measured);
    assertSameValues(number, laboratory.store().get(measured));
    flip(laboratory, weights);
    String anew = sweep("flipped-weights").replace("radius: 8", "radius: 9");
    assertThat(completed(laboratory, anew, weights)).isEqualTo(figures);
    assertSetAside(laboratory, weights);

    laboratory.store().delete(result);
    assertThat(completed(laboratory, sweep("gone-result"), result)).isEqualTo(figures);
    laboratory.store().delete(measured);
    assertThat(completed(laboratory, sweep("gone-number"), measured)).isEqualTo(figures);
    laboratory.store().delete(weights);
    String again = sweep("gone-weights").replace("radius: 8", "radius: 7");
    assertThat(completed(laboratory, again, weights)).isEqualTo(figures);
  }

  @Test
  void shouldMakeVariantsAgainWhenTheyAreDamagedOrGone(Laboratory laboratory) throws Exception {
    int size = 401;
    for (String part : List.of("shard", "manifest")) {
      for (boolean flipped : List.of(true, false)) {
        String text =
            sweep(part + (flipped ? "-flipped" : "-gone"))
                .replace("trainSize: 400", "trainSize: " + size++);
        String variant = variant(laboratory, text);
        String key =
            part.equals("shard")
                ? ArtifactKeys.variantShard(variant, "train", 0)
                : ArtifactKeys.variantManifest(variant);
        byte[] sound = laboratory.store().get(key);
        if (flipped) {
          flip(laboratory, key);
        } else {
          laboratory.store().delete(key);
        }
        assertThat(completed(laboratory, text, key)).hasSize(1);
        assertThat(laboratory.store().get(key)).as(key).isEqualTo(sound);
        if (flipped) {
          assertSetAside(laboratory, key);
        }
      }
    }
  }

  @Test
  void shouldCompleteWithTheSameFiguresWhenAllOfASweepIsGone(Laboratory laboratory)
      throws Exception {
    Sweep sound = laboratory.run(sweep("whole").replace("trainSize: 400", "trainSize: 410"));
    List<Figure> figures = figures(laboratory, sound);
    Grid grid = Grid.of(sound.getSpec());
    for (long index = 0; index < grid.size(); index++) {
      Cell cell = grid.cell(index);
      TrialId id = Ids.trialId(cell.trial());
      deleteAll(laboratory, "trials/" + id.value() + "/");
      deleteAll(laboratory, "variants/" + Ids.variantId(Variants.of(cell.trial())).value() + "/");
      sound
          .getSpec()
          .getMeasurementsList()
          .forEach(
              spec ->
                  laboratory
                      .store()
                      .delete(ArtifactKeys.measurement(Ids.measurementId(id, spec).value())));
    }
    String text = sweep("gone").replace("trainSize: 400", "trainSize: 410");
    assertThat(completed(laboratory, text, "all")).isEqualTo(figures);
  }

  private static void deleteAll(Laboratory laboratory, String prefix) {
    List<String> keys = laboratory.store().list(prefix, "", 1000);
    keys.forEach(laboratory.store()::delete);
  }

  /** All but the time that it took, and the checksum, which covers that. */
  private static void assertSameValues(byte[] before, byte[] after) throws Exception {
    assertThat(values(after)).isEqualTo(values(before));
  }

  private static Measurement values(byte[] stored) throws Exception {
    return Measurement.parseFrom(stored).toBuilder()
        .clearSeconds()
        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
        .build();
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
  void shouldMakeReportsAgainWhenAFileIsDamagedOrGone(Laboratory laboratory) throws Exception {
    String id = laboratory.run(sweep("damaged-report")).getStatus().getSweepId();
    List<Figure> figures = results(laboratory, id);
    Map<String, ByteString> files = download(laboratory, id);
    for (String key :
        List.of(
            ArtifactKeys.report(id) + "tables/accuracy.csv",
            ArtifactKeys.report(id) + "report.pb",
            ArtifactKeys.reportManifest(id))) {
      flip(laboratory, key);
      if (!key.endsWith(".csv")) {
        assertThat(results(laboratory, id)).as(key).isEqualTo(figures);
      }
      assertSameReport(files, download(laboratory, id));
      assertSetAside(laboratory, key);
      laboratory.store().delete(key);
      assertSameReport(files, download(laboratory, id));
      assertThat(results(laboratory, id)).as(key).isEqualTo(figures);
    }
    deleteAll(laboratory, ArtifactKeys.report(id));
    assertThat(results(laboratory, id)).isEqualTo(figures);
    assertSameReport(files, download(laboratory, id));
  }

  @Test
  void shouldSayWhatIsLostWhenAReportAndAResultAreGone(Laboratory laboratory) throws Exception {
    String text = sweep("lost-report").replace("trainSize: 400", "trainSize: 420");
    Sweep sweep = laboratory.run(text);
    String id = sweep.getStatus().getSweepId();
    List<Figure> figures = figures(laboratory, sweep);
    String result =
        ArtifactKeys.trialResult(Ids.trialId(Grid.of(sweep.getSpec()).cell(1).trial()).value());
    flip(laboratory, ArtifactKeys.report(id) + "report.pb");
    flip(laboratory, result);
    assertDataLoss(result, () -> results(laboratory, id));
    laboratory.store().delete(result);
    assertDataLoss(result, () -> download(laboratory, id));

    assertThat(completed(laboratory, text.replace("lost-report", "found-report"), result))
        .isEqualTo(figures);
    assertThat(results(laboratory, id)).isEqualTo(figures);
  }

  /** The trials end before their first epoch does, and have weights of before it to measure. */
  @Test
  void shouldMeasureDivergedTrialsAgainWhenTheirNumbersAreGone(Laboratory laboratory)
      throws Exception {
    String text =
        sweep("diverged")
            .replace("learningRate: 0.1", "learningRate: 1e30")
            .replace("epochs: [0, 1]", "epochs: [0]")
            .replace("epochs: [1]", "epochs: [0]")
            .replace(
                "difficulty: {measurement: errors, binomialOf: randX}",
                "curves: {metrics: [{kind: CRITICAL_SAMPLE_RATIO, measurement: csr}]}");
    Sweep sound = laboratory.run(text);
    assertThat(sound.getStatus().getCounts().getDiverged()).isEqualTo(4);
    TrialId id = Ids.trialId(Grid.of(sound.getSpec()).cell(0).trial());
    String measured =
        ArtifactKeys.measurement(Ids.measurementId(id, sound.getSpec().getMeasurements(0)).value());
    byte[] number = laboratory.store().get(measured);

    laboratory.store().delete(measured);
    assertThat(
            completed(laboratory, text.replace("name: diverged", "name: diverged-again"), measured))
        .isEqualTo(figures(laboratory, sound));
    assertSameValues(number, laboratory.store().get(measured));
  }

  /** All files; the report itself but for the moment in which it was made. */
  private static void assertSameReport(
      Map<String, ByteString> before, Map<String, ByteString> after) throws Exception {
    assertThat(after.keySet()).isEqualTo(before.keySet());
    for (String path : before.keySet()) {
      if (path.endsWith(".csv") || path.endsWith(".svg")) {
        assertThat(after.get(path)).as(path).isEqualTo(before.get(path));
      }
    }
    assertThat(report(after)).isEqualTo(report(before));
  }

  private static Report report(Map<String, ByteString> files) throws Exception {
    Report.Builder report =
        Report.parseFrom(files.get("report.pb")).toBuilder()
            .setUnknownFields(UnknownFieldSet.getDefaultInstance());
    report.getProvenanceBuilder().clearReported();
    return report.build();
  }

  /** Figures of a sweep that is completed although an object is damaged or gone. */
  private static List<Figure> completed(Laboratory laboratory, String text, String key)
      throws Exception {
    Sweep ended = laboratory.run(text);
    assertThat(ended.getStatus().getPhase())
        .as("%s: %s", key, ended.getStatus().getFailuresList())
        .isEqualTo(Phase.COMPLETED);
    assertThat(key.equals("all") || laboratory.store().find(key).isPresent()).as(key).isTrue();
    return figures(laboratory, ended);
  }

  private static void assertSetAside(Laboratory laboratory, String key) {
    assertThat(laboratory.store().list(ArtifactKeys.SET_ASIDE, "", 1000))
        .anySatisfy(aside -> assertThat(aside).endsWith(key));
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

  private static Map<String, ByteString> download(Laboratory laboratory, String id) {
    Map<String, ByteString> files = new TreeMap<>();
    String[] path = {""};
    laboratory
        .sweeps()
        .downloadReport(DownloadReportRequest.newBuilder().setSweep(id).build())
        .forEachRemaining(
            part -> {
              path[0] = part.getPath().isEmpty() ? path[0] : part.getPath();
              files.merge(path[0], part.getChunk(), ByteString::concat);
            });
    return files;
  }

  private static void assertDataLoss(String key, Runnable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(refused).as(key).isNotNull();
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
    assertThat(ApiErrors.describe(refused)).contains(key);
  }
}
