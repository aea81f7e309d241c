package dev.rote.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.reports.ReportFiles;
import dev.rote.artifacts.reports.ReportUpload;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.v1.VariantManifest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of stored object, with a bit flipped or under another key, is noticed and named. */
class DamageIT {
  private static final String MLP = "0decd37677f4fc0a64366e1ba36242d7";
  private static final String CNN = "12d342b8be2258e5a8a1279ba5823122";
  private static final String NOISY = "5796f21d7e28b6f9790cecf8494d3c5e";
  private static final String REAL = "215e06753496c2c1281dc6c39c44763f";
  private static final String FILTERS = "e2efaf55a1ad920c971b560f2bd0317b";
  private static final String ACCURACY = "3939a67d4650fcab1693d7ea0026ed0e";
  private static final String MLP_SWEEP = "stored-mlp-be2bed98";
  private static final String CNN_SWEEP = "stored-cnn-02a88eb2";

  /** Bits flipped of each object, one after another; the first bytes are among them. */
  private static final int FLIPS = 40;

  private static final int FIRST_BYTES = 8;
  private static final long SEED = 20261128;

  @TempDir private static Path directory;
  private static TestStore test;
  private static ObjectStore store;

  /** Objects as this version stores them. */
  @BeforeAll
  static void fill() {
    test = TestStore.start(directory);
    store = test.client();
    Map<String, byte[]> old = StoredState.objects();
    Map<String, ReportUpload> reports = new TreeMap<>();
    old.forEach(
        (key, bytes) -> {
          String[] path = key.split("/", 4);
          switch (path[0] + "/" + path[path.length - 1]) {
            case "trials/result" ->
                StoredMessage.TRIAL_RESULT.putIfAbsent(
                    store, StoredMessage.TRIAL_RESULT.read(path[1], bytes));
            case "variants/manifest" ->
                StoredMessage.VARIANT_MANIFEST.putIfAbsent(
                    store, StoredMessage.VARIANT_MANIFEST.read(path[1], bytes));
            default -> {
              if (path[0].equals("measurements")) {
                StoredMessage.MEASUREMENT.putIfAbsent(
                    store, StoredMessage.MEASUREMENT.read(path[1], bytes));
              } else if (path[0].equals("sweeps")) {
                reports
                    .computeIfAbsent(path[1], sweep -> new ReportUpload(store, sweep))
                    .write(path[3], bytes);
              } else {
                store.put(key, bytes);
              }
            }
          }
        });
    reports.values().forEach(ReportUpload::finish);
  }

  @AfterAll
  static void close() {
    test.close();
  }

  private static void readShards(String variant) {
    VariantReader reader = VariantReader.open(store, variant);
    for (VariantSplit split : VariantSplit.values()) {
      reader.shards(split).forEach(shard -> assertThat(shard.examples()).isPositive());
    }
  }

  private static void readReport(String sweep) {
    ReportFiles files = ReportFiles.open(store, sweep);
    assertThat(files.paths()).hasSizeGreaterThan(4);
    files.paths().forEach(files::file);
    assertThat(files.report().getSweepId()).isEqualTo(sweep);
  }

  private static void readCheckpoint(String trial, int epoch) {
    CheckpointReader.open(store, ArtifactKeys.checkpoint(trial, epoch)).close();
  }

  /** A kind, the key of an object, another object of the kind, and how the first is read. */
  static Stream<Arguments> kinds() {
    Runnable report = () -> readReport(MLP_SWEEP);
    return Stream.of(
        Arguments.of(
            ArtifactKeys.trialResult(MLP),
            ArtifactKeys.trialResult(CNN),
            (Runnable) () -> StoredMessage.TRIAL_RESULT.get(store, MLP)),
        Arguments.of(
            ArtifactKeys.measurement(FILTERS),
            ArtifactKeys.measurement(ACCURACY),
            (Runnable) () -> StoredMessage.MEASUREMENT.get(store, FILTERS)),
        Arguments.of(
            ArtifactKeys.variantManifest(NOISY),
            ArtifactKeys.variantManifest(REAL),
            (Runnable) () -> VariantReader.open(store, NOISY)),
        Arguments.of(
            ArtifactKeys.variantShard(NOISY, "train", 0),
            ArtifactKeys.variantShard(REAL, "train", 0),
            (Runnable) () -> readShards(NOISY)),
        Arguments.of(
            ArtifactKeys.checkpoint(MLP, 1),
            ArtifactKeys.checkpoint(CNN, 1),
            (Runnable) () -> readCheckpoint(MLP, 1)),
        Arguments.of(
            ArtifactKeys.checkpoint(CNN, 1),
            ArtifactKeys.checkpoint(CNN, 0),
            (Runnable) () -> readCheckpoint(CNN, 1)),
        Arguments.of(
            ArtifactKeys.reportManifest(MLP_SWEEP), ArtifactKeys.reportManifest(CNN_SWEEP), report),
        Arguments.of(
            ArtifactKeys.report(MLP_SWEEP) + "report.pb",
            ArtifactKeys.report(CNN_SWEEP) + "report.pb",
            report),
        Arguments.of(
            ArtifactKeys.report(MLP_SWEEP) + "tables/accuracy.csv",
            ArtifactKeys.report(MLP_SWEEP) + "verdicts.json",
            report));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void read_oneBitFlipped_isDamagedAndNamed(String key, String other, Runnable read) {
    byte[] sound = store.get(key);
    read.run();
    Random random = new Random(SEED);
    try {
      for (int flip = 0; flip < FLIPS; flip++) {
        byte[] flipped = sound.clone();
        int at = flip < FIRST_BYTES ? flip : random.nextInt(sound.length);
        flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        store.put(key, flipped);
        assertDamaged(key, read);
      }
      store.put(key, Arrays.copyOf(sound, sound.length - 1));
      assertDamaged(key, read);
    } finally {
      store.put(key, sound);
    }
    read.run();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void read_anotherObjectOfTheKind_isDamagedAndNamed(String key, String other, Runnable read) {
    byte[] sound = store.get(key);
    try {
      store.put(key, store.get(other));
      assertDamaged(key, read);
    } finally {
      store.put(key, sound);
    }
  }

  private static void assertDamaged(String key, Runnable read) {
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(read::run)
        .withMessageContaining(key)
        .extracting(ObjectStoreException::reason)
        .isEqualTo(Reason.DAMAGED);
  }

  /** Objects from before there were sums: what follows from their specification is checked. */
  @Test
  void read_oldManifestOfElevenClasses_isDamagedAndNamed() {
    String key = ArtifactKeys.variantManifest(NOISY);
    VariantManifest sound = StoredMessage.VARIANT_MANIFEST.read(NOISY, StoredState.object(key));
    assertThat(sound.getClasses()).isEqualTo(10);
    for (VariantManifest wrong :
        List.of(
            sound.toBuilder().setClasses(11).build(),
            sound.toBuilder().setShape(sound.getShape().toBuilder().setChannels(3)).build(),
            sound.toBuilder().setTrain(sound.getTrain().toBuilder().setExamples(19)).build())) {
      assertDamaged(key, () -> StoredMessage.VARIANT_MANIFEST.read(NOISY, wrong.toByteArray()));
    }
  }

  /** Each old object under the key of another, and with another specification under its id. */
  @Test
  void read_oldObjectUnderAnotherId_isDamagedAndNamed() {
    byte[] cnn = StoredState.object(ArtifactKeys.trialResult(CNN));
    byte[] mlp = StoredState.object(ArtifactKeys.trialResult(MLP));
    assertDamaged(ArtifactKeys.trialResult(MLP), () -> StoredMessage.TRIAL_RESULT.read(MLP, cnn));
    byte[] renamed =
        StoredMessage.TRIAL_RESULT.read(CNN, cnn).toBuilder().setTrialId(MLP).build().toByteArray();
    assertDamaged(
        ArtifactKeys.trialResult(MLP), () -> StoredMessage.TRIAL_RESULT.read(MLP, renamed));
    assertThat(StoredMessage.TRIAL_RESULT.read(MLP, mlp).getTrialId()).isEqualTo(MLP);
    byte[] measurement =
        StoredMessage.MEASUREMENT
            .read(ACCURACY, StoredState.object(ArtifactKeys.measurement(ACCURACY)))
            .toBuilder()
            .setMeasurementId(FILTERS)
            .build()
            .toByteArray();
    assertDamaged(
        ArtifactKeys.measurement(FILTERS),
        () -> StoredMessage.MEASUREMENT.read(FILTERS, measurement));
    assertDamaged(
        ArtifactKeys.report(MLP_SWEEP) + "report.pb",
        () ->
            StoredMessage.REPORT.read(
                MLP_SWEEP, StoredState.object(ArtifactKeys.report(CNN_SWEEP) + "report.pb")));
  }

  /** Every bit of old objects: a flip that is not noticed changes nothing of what was computed. */
  @Test
  void read_oldObjectWithABitFlipped_isDamagedOrOfTheSameSpecification() {
    eachFlip(
        StoredMessage.TRIAL_RESULT,
        MLP,
        ArtifactKeys.trialResult(MLP),
        result -> List.of(result.getSpec(), result.getVariantId()));
    eachFlip(
        StoredMessage.MEASUREMENT,
        ACCURACY,
        ArtifactKeys.measurement(ACCURACY),
        measurement -> List.of(measurement.getSpec(), measurement.getTrialId()));
    eachFlip(
        StoredMessage.VARIANT_MANIFEST,
        NOISY,
        ArtifactKeys.variantManifest(NOISY),
        manifest ->
            List.of(
                manifest.getSpec(),
                manifest.getClasses(),
                manifest.getShape(),
                manifest.getTrain().getExamples()));
  }

  /**
   * @param kept what no flip may change unnoticed
   */
  private static <T extends Message> void eachFlip(
      StoredMessage<T> kind, String id, String key, Function<T, List<Object>> kept) {
    byte[] sound = StoredState.object(key);
    List<Object> expected = kept.apply(kind.read(id, sound));
    int noticed = 0;
    for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      try {
        assertThat(kept.apply(kind.read(id, flipped))).isEqualTo(expected);
      } catch (ObjectStoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.DAMAGED);
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(sound.length * Byte.SIZE / 4);
  }

  /** Older versions, and other languages, parse what this version stores. */
  @Test
  void object_parsedAsAPlainMessage_isTheMessage() throws Exception {
    byte[] object = store.get(ArtifactKeys.variantManifest(REAL));
    VariantManifest plain = VariantManifest.parseFrom(object);
    VariantManifest read = StoredMessage.VARIANT_MANIFEST.get(store, REAL);
    assertThat(plain.getUnknownFields().asMap()).containsOnlyKeys(2048);
    assertThat(plain.toBuilder().setUnknownFields(read.getUnknownFields()).build()).isEqualTo(read);
    assertThat(StoredMessage.VARIANT_MANIFEST.toBytes(read)).isEqualTo(object);
  }
}
