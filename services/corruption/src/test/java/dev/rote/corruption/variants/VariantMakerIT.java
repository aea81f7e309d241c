package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.variants.LocalVariant;
import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.spec.AdmittedVariant;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionSpec;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.TransitionRow;
import dev.rote.v1.VariantManifest;
import dev.rote.v1.VariantManifest.Encoding;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantMakerIT {
  @TempDir static Path directory;
  static TestStore store;
  static CoreTasks tasks;
  static Datasets datasets;
  static VariantMaker maker;

  @BeforeAll
  static void start() throws IOException {
    store = TestStore.start(directory.resolve("objects"));
    tasks = new CoreTasks(3);
    datasets = new Datasets(new DatasetFiles(null, directory.resolve("cache"), null));
    maker = newMaker();
  }

  @AfterAll
  static void stop() {
    tasks.close();
    store.close();
  }

  private static VariantMaker newMaker() {
    return new VariantMaker(store.client(), datasets, new RealStatistics(tasks), tasks);
  }

  private static VariantSpec.Builder strokes(int train, int validation) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.setDataset(
        DatasetSpec.newBuilder()
            .setName("strokes")
            .setTrainSize(train)
            .setValidationSize(validation));
    return spec;
  }

  private static CorruptionSpec.Builder gaussian(double level) {
    return CorruptionSpec.newBuilder()
        .setInputs(
            InputCorruption.newBuilder().setRule(InputCorruption.Rule.GAUSSIAN).setLevel(level));
  }

  @Test
  void make_realData_examplesReadBack() {
    VariantMaker.Made made = maker.make(strokes(12_000, 50).build());

    assertThat(made.created()).isTrue();
    SplitManifest train = made.manifest().getTrain();
    assertThat(train.getEncoding()).isEqualTo(Encoding.UINT8);
    assertThat(train.getShardsCount()).isEqualTo(3);
    VariantReader reader = VariantReader.open(store.client(), made.manifest().getVariantId());
    long next = 0;
    float[] input = new float[784];
    float largest = 0;
    for (Shard shard : reader.shards(VariantSplit.TRAIN)) {
      assertThat(shard.firstIndex()).isEqualTo(next);
      for (int i = 0; i < shard.examples(); i++) {
        shard.input(i, input, 0);
        for (float value : input) {
          largest = Math.max(largest, value);
        }
        assertThat(shard.label(i)).isBetween(0, 9).isEqualTo(shard.originalLabel(i));
        assertThat(shard.mask(i)).isZero();
        assertThat(shard.sourceIndex(i)).isEqualTo(50 + next + i);
      }
      next += shard.examples();
    }
    assertThat(next).isEqualTo(12_000);
    assertThat(largest).isLessThanOrEqualTo(1).isGreaterThan(0.9f);
  }

  @Test
  void make_secondTime_answersWithTheSameManifest() {
    VariantSpec spec = strokes(100, 10).build();
    VariantManifest first = maker.make(spec).manifest();
    VariantMaker.Made second = newMaker().make(SweepDefaults.fill(spec));

    assertThat(second.created()).isFalse();
    assertThat(second.manifest()).isEqualTo(first);
  }

  @Test
  void make_askedByManyAtOnce_madeOnce() throws InterruptedException, ExecutionException {
    VariantSpec spec = strokes(6000, 10).setCorruption(gaussian(1)).build();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    List<Future<VariantMaker.Made>> answers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      answers.add(callers.submit(() -> maker.make(spec)));
    }
    int created = 0;
    for (Future<VariantMaker.Made> answer : answers) {
      created += answer.get().created() ? 1 : 0;
      assertThat(answer.get().manifest()).isEqualTo(answers.get(0).get().manifest());
    }
    callers.shutdown();
    assertThat(created).isEqualTo(1);
  }

  @Test
  void make_anyShardAlone_sameBytesAsInTheWhole() {
    VariantSpec spec =
        SweepDefaults.fill(
            strokes(4000, 100)
                .setCorruption(
                    gaussian(0.4)
                        .setLabels(
                            LabelCorruption.newBuilder()
                                .setRule(LabelCorruption.Rule.RANDOM)
                                .setLevel(0.7)))
                .build());
    SplitManifest train = maker.make(spec).manifest().getTrain();
    assertThat(train.getEncoding()).isEqualTo(Encoding.FLOAT32);
    assertThat(train.getShardsCount()).isGreaterThan(2);
    assertThat(train.getCorruptedInputs()).isEqualTo(1600);
    assertThat(train.getCorruptedLabels()).isEqualTo(2800);

    try (VariantPlan plan =
        VariantPlan.of(spec, datasets, new RealStatistics(tasks), () -> false)) {
      for (int number = train.getShardsCount() - 1; number >= 0; number--) {
        byte[] alone = new ShardMaker(plan.train()).make(number).sha256();
        assertThat(alone).isEqualTo(train.getShards(number).getSha256().toByteArray());
      }
    }
  }

  @Test
  void make_higherLevels_corruptSupersetsWithTheSameReplacements() {
    LocalVariant low = open(both(0.3));
    LocalVariant high = open(both(0.8));
    float[] a = new float[784];
    float[] b = new float[784];
    for (int i = 0; i < 1000; i++) {
      assertThat(high.mask(i) & low.mask(i)).isEqualTo(low.mask(i));
      assertThat(high.originalLabel(i)).isEqualTo(low.originalLabel(i));
      if ((low.mask(i) & Shard.LABEL_TREATED) != 0) {
        assertThat(high.label(i)).isEqualTo(low.label(i));
      }
      if ((low.mask(i) & Shard.INPUT_REPLACED) != 0) {
        low.input(i, a, 0);
        high.input(i, b, 0);
        assertThat(b).isEqualTo(a);
      }
    }
  }

  private static VariantSpec both(double level) {
    return strokes(1000, 10)
        .setCorruption(
            gaussian(level)
                .setLabels(
                    LabelCorruption.newBuilder()
                        .setRule(LabelCorruption.Rule.SYMMETRIC)
                        .setLevel(level)))
        .build();
  }

  private static LocalVariant open(VariantSpec spec) {
    return cache().open(maker.make(spec).manifest().getVariantId(), VariantSplit.TRAIN);
  }

  private static VariantCache cache() {
    return new VariantCache(
        new StoredVariants(store.client()), directory.resolve("local"), Long.MAX_VALUE);
  }

  @Test
  void make_uniqueLabels_classPerExampleAndRealValidation() {
    VariantManifest manifest =
        maker
            .make(
                strokes(500, 40)
                    .setCorruption(
                        CorruptionSpec.newBuilder()
                            .setCorruptValidation(true)
                            .setLabels(
                                LabelCorruption.newBuilder().setRule(LabelCorruption.Rule.UNIQUE)))
                    .build())
            .manifest();

    assertThat(manifest.getClasses()).isEqualTo(500);
    assertThat(manifest.getValidation().getCorruptedLabels()).isZero();
    LocalVariant train = cache().open(manifest.getVariantId(), VariantSplit.TRAIN);
    LocalVariant validation = cache().open(manifest.getVariantId(), VariantSplit.VALIDATION);
    for (int i = 0; i < 500; i++) {
      assertThat(train.label(i)).isEqualTo(i);
    }
    for (int i = 0; i < 40; i++) {
      assertThat(validation.label(i)).isBetween(0, 9).isEqualTo(validation.originalLabel(i));
    }
  }

  @Test
  void make_pooled_meansOfSquares() {
    VariantSpec.Builder plain = strokes(50, 10);
    VariantSpec.Builder pooled = strokes(50, 10);
    pooled.getDatasetBuilder().setPooling(2);
    LocalVariant large = open(plain.build());
    LocalVariant small = open(pooled.build());

    assertThat(small.shape().getHeight()).isEqualTo(14);
    assertThat(small.values()).isEqualTo(196);
    float[] from = new float[784];
    float[] to = new float[196];
    for (int i = 0; i < 50; i++) {
      large.input(i, from, 0);
      small.input(i, to, 0);
      for (int y = 0; y < 14; y++) {
        for (int x = 0; x < 14; x++) {
          int at = 2 * y * 28 + 2 * x;
          float mean = (from[at] + from[at + 1] + from[at + 28] + from[at + 29]) / 4;
          assertThat(to[y * 14 + x]).isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-6f));
        }
      }
    }
  }

  @Test
  void open_cachedFileDamaged_fetchedAgain() throws IOException {
    VariantManifest manifest = maker.make(strokes(300, 10).build()).manifest();
    cache().open(manifest.getVariantId(), VariantSplit.TRAIN);
    Path file = directory.resolve("local").resolve(manifest.getVariantId() + "-train.shards");
    byte[] bytes = Files.readAllBytes(file);
    bytes[1000] ^= 1;
    Files.write(file, bytes);

    LocalVariant again = cache().open(manifest.getVariantId(), VariantSplit.TRAIN);

    assertThat(again.examples()).isEqualTo(300);
    bytes[1000] ^= 1;
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void open_cacheBeyondItsLimit_leastRecentlyUsedRemoved() throws IOException {
    Path local = directory.resolve("small");
    VariantCache small = new VariantCache(new StoredVariants(store.client()), local, 700_000);
    for (int train = 401; train <= 404; train++) {
      String id = maker.make(strokes(train, 10).build()).manifest().getVariantId();
      LocalVariant opened = small.open(id, VariantSplit.TRAIN);
      assertThat(opened.label(400)).isBetween(0, 9);
      Files.setLastModifiedTime(
          local.resolve(id + "-train.shards"),
          java.nio.file.attribute.FileTime.fromMillis(1_000_000L * train));
    }
    try (var files = Files.list(local)) {
      assertThat(files.count()).isEqualTo(2);
    }
    String newest = maker.make(strokes(404, 10).build()).manifest().getVariantId();
    assertThat(local.resolve(newest + "-train.shards")).exists();
  }

  @Test
  void shard_objectDamaged_refusedWithBothSums() {
    VariantManifest manifest = maker.make(strokes(301, 10).build()).manifest();
    String key = ArtifactKeys.variantShard(manifest.getVariantId(), "train", 0);
    byte[] bytes = store.client().get(key);
    bytes[2000] ^= 1;
    store.client().put(key, bytes);

    assertThatThrownBy(
            () ->
                VariantReader.open(store.client(), manifest.getVariantId())
                    .shard(VariantSplit.TRAIN, 0))
        .isInstanceOfSatisfying(
            ObjectStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(ObjectStoreException.Reason.DAMAGED))
        .hasMessageContaining(key)
        .hasMessageContaining("SHA-256");
  }

  @Test
  void make_leftoverOfAnInterruptedRun_replaced() {
    VariantSpec spec = strokes(302, 10).build();
    String id = maker.check(spec).getVariantId();
    store.client().put(ArtifactKeys.variantShard(id, "train", 0), new byte[] {1, 2, 3});

    maker.make(spec);

    assertThat(cache().open(id, VariantSplit.TRAIN).examples()).isEqualTo(302);
  }

  @Test
  void make_badSpec_refusedAndNothingWritten() {
    VariantSpec beyond = strokes(10, 10).setCorruption(gaussian(1.5)).build();
    assertThatThrownBy(() -> maker.make(beyond))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("variant.corruption.inputs.level")
        .hasMessageContaining("1.5");

    VariantSpec missing =
        VariantSpec.newBuilder().setDataset(DatasetSpec.newBuilder().setName("mnist")).build();
    assertThatThrownBy(() -> maker.make(missing))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> assertThat(e.reason()).isEqualTo(DatasetException.Reason.MISSING))
        .hasMessageContaining("mnist/train-images-idx3-ubyte");
    assertThat(
            store.client().list("variants/" + dev.rote.spec.Ids.variantId(missing).value(), "", 10))
        .isEmpty();
  }

  /** Small requests that once took all memory, or minutes. */
  @Test
  void check_moreThanAVariantCanHave_refusedAtOnce() {
    VariantSpec.Builder rows = strokes(10, 10);
    LabelCorruption.Builder matrix =
        rows.getCorruptionBuilder()
            .getLabelsBuilder()
            .setRule(LabelCorruption.Rule.TRANSITION_MATRIX);
    for (int row = 0; row < 200_000; row++) {
      matrix.addTransitionMatrix(TransitionRow.getDefaultInstance());
    }
    VariantSpec.Builder batches = VariantSpec.newBuilder();
    batches.getDatasetBuilder().setName("cifar10");
    for (int batch = 1; batch <= 1_000_000; batch++) {
      batches.getDatasetBuilder().addBatches(batch);
    }
    for (VariantSpec.Builder huge : List.of(rows, batches)) {
      VariantSpec spec = huge.build();
      for (ThrowingCallable ask :
          List.<ThrowingCallable>of(() -> maker.check(spec), () -> maker.make(spec))) {
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                assertThatThrownBy(ask)
                    .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.violations()).hasSizeLessThanOrEqualTo(101)));
      }
    }
  }

  /** Twenty images of 4 x 4, and their labels, of which one is 1. */
  private static Path ownPair(String folder) throws IOException {
    Path own = Files.createDirectories(directory.resolve(folder));
    byte[] images = new byte[16 + 20 * 16];
    System.arraycopy(
        new byte[] {0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 4, 0, 0, 0, 4}, 0, images, 0, 16);
    byte[] labels = new byte[8 + 20];
    System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, 20}, 0, labels, 0, 8);
    labels[9] = 1;
    Files.write(own.resolve("images"), images);
    Files.write(own.resolve("labels"), labels);
    return own;
  }

  private static VariantMaker ownMaker(Path own) {
    DatasetFiles files = new DatasetFiles(own, directory.resolve("own-cache"), null);
    return new VariantMaker(store.client(), new Datasets(files), new RealStatistics(tasks), tasks);
  }

  private static VariantSpec.Builder ownSpec(int train) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder()
        .setName("idx")
        .setTrainSize(train)
        .setValidationSize(5)
        .setIdx(IdxFiles.newBuilder().setTrainImages("images").setTrainLabels("labels"));
    return spec;
  }

  private static void change(Path own) throws IOException {
    byte[] images = Files.readAllBytes(own.resolve("images"));
    images[20]++;
    Files.write(own.resolve("images"), images);
    Files.setLastModifiedTime(own.resolve("images"), FileTime.fromMillis(images[20]));
  }

  @Test
  void make_ownFileChangedSince_isRefusedByName() throws IOException {
    Path own = ownPair("own");
    VariantMaker ownMaker = ownMaker(own);
    VariantSpec spec = ownSpec(10).build();
    assertThat(ownMaker.make(spec).created()).isTrue();
    assertThat(ownMaker.make(spec).created()).isFalse();

    change(own);
    for (ThrowingCallable ask :
        List.<ThrowingCallable>of(() -> ownMaker.make(spec), () -> ownMaker.check(spec))) {
      assertThatThrownBy(ask)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("images has changed since a variant was made from it")
          .hasMessageEndingWith("give the changed file another name");
    }
  }

  /** The files' sums are those of the bytes that the variant was made from. */
  @Test
  void make_ownFileChangesMeanwhile_isNotVouchedFor() throws IOException {
    Path own = ownPair("moving");
    VariantSpec spec = ownSpec(11).build();
    ObjectStore client = store.client();
    ObjectStore moved =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("putIfAbsent")) {
                    change(own);
                  }
                  return method.invoke(client, arguments);
                });
    DatasetFiles files = new DatasetFiles(own, directory.resolve("own-cache"), null);
    VariantMaker moving =
        new VariantMaker(moved, new Datasets(files), new RealStatistics(tasks), tasks);

    assertThatThrownBy(() -> moving.make(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("images has changed since");
    assertThat(maker.find(moving.check(spec).getVariantId())).isEmpty();
  }

  @Test
  void check_ownClassesWithoutExample_warned() throws IOException {
    Path own = ownPair("gaps");
    byte[] labels = Files.readAllBytes(own.resolve("labels"));
    labels[9] = 3;
    Files.write(own.resolve("labels"), labels);

    CheckVariantResponse checked = ownMaker(own).check(ownSpec(12).build());

    assertThat(checked.getClasses()).isEqualTo(4);
    assertThat(checked.getWarningsList())
        .singleElement()
        .asString()
        .contains("labels has labels from 0 to 3", "classes 1 to 2 have no example");
  }

  /** The first is told to stop in mid-flight; the second, who waits for the same, makes it. */
  @Test
  void make_toldToStop_stops_andOthersGoOn() throws Exception {
    VariantSpec spec = strokes(12_001, 50).build();
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch mayStop = new CountDownLatch(1);
    BooleanSupplier stopped =
        () -> {
          underWay.countDown();
          try {
            return mayStop.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try {
      Future<VariantMaker.Made> first =
          callers.submit(() -> maker.make(AdmittedVariant.admit(spec), stopped));
      assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
      Future<VariantMaker.Made> second = callers.submit(() -> maker.make(spec));
      mayStop.countDown();
      assertThatThrownBy(first::get).hasCauseInstanceOf(CancellationException.class);
      assertThat(second.get(30, TimeUnit.SECONDS).manifest().getTrain().getExamples())
          .isEqualTo(12_001);
    } finally {
      callers.shutdownNow();
    }
  }

  /** What takes minutes of all threads before the first shard, its client having gone at once. */
  @Test
  void make_toldToStopWhileMomentsAreTaken_stops_andHoldsUpNobody() throws Exception {
    VariantSpec huge = strokes(10_000_000, 50).setCorruption(gaussian(0.5)).build();
    CountDownLatch underWay = new CountDownLatch(1);
    AtomicBoolean told = new AtomicBoolean();
    BooleanSupplier stopped =
        () -> {
          underWay.countDown();
          return told.get();
        };
    ExecutorService callers = Executors.newFixedThreadPool(3);
    try {
      Future<VariantMaker.Made> first =
          callers.submit(() -> maker.make(AdmittedVariant.admit(huge), stopped));
      assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
      VariantSpec sameMoments = huge.toBuilder().setCorruption(gaussian(0.25)).build();
      Future<VariantMaker.Made> waiting =
          callers.submit(() -> maker.make(AdmittedVariant.admit(sameMoments), told::get));
      Future<VariantMaker.Made> small =
          callers.submit(() -> maker.make(strokes(100, 50).setCorruption(gaussian(0.5)).build()));
      told.set(true);
      for (Future<VariantMaker.Made> one : List.of(first, waiting)) {
        assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(CancellationException.class);
      }
      assertThat(small.get(20, TimeUnit.SECONDS).manifest().getTrain().getExamples())
          .isEqualTo(100);
    } finally {
      callers.shutdownNow();
    }
  }
}
