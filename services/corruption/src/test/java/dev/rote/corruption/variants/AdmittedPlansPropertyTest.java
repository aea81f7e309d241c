package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.rote.artifacts.ObjectStore;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.spec.SpecException;
import dev.rote.v1.ClassGroup;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.RepeatedExamples;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a check lets in can be made, and what it refuses cannot: random combinations of every kind
 * of data with every corruption and selection, by a seed.
 */
class AdmittedPlansPropertyTest {
  private static final int COMBINATIONS = Integer.getInteger("rote.combinations", 2000);
  private static final int EXAMPLES = 60;

  private static final List<InputCorruption.Rule> INPUTS =
      Arrays.stream(InputCorruption.Rule.values())
          .filter(rule -> rule != InputCorruption.Rule.UNRECOGNIZED)
          .toList();
  private static final List<LabelCorruption.Rule> LABELS =
      Arrays.stream(LabelCorruption.Rule.values())
          .filter(rule -> rule != LabelCorruption.Rule.UNRECOGNIZED)
          .toList();

  @TempDir static Path directory;
  static CoreTasks tasks;
  static VariantMaker maker;
  private final SplittableRandom random = new SplittableRandom(20_29);

  /** Kinds of data, of 28 x 28 where they are pictures, and some of 14 x 14. */
  private enum Kind {
    STROKES,
    IDX,
    LEVELS,
    SMALL_LEVELS,
    NUMBERS,
    NUMBERS_AS_LEVELS,
    STANDARDIZED,
    TABLE
  }

  @BeforeAll
  static void start() throws IOException {
    byte[] levels = new byte[EXAMPLES * 784];
    ByteBuffer numbers = ByteBuffer.allocate(levels.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i % 784 == 0 ? i / 784 / 2 : i / 1568 * 31);
      numbers.putFloat(levels[i] & 0xFF);
    }
    byte[] labels = new byte[EXAMPLES];
    StringBuilder table = new StringBuilder("a,b,label\n");
    StringBuilder listed = new StringBuilder("label\n");
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (byte) (i % 5);
      table.append(i / 4.0).append(',').append(-i).append(',').append(i % 5).append('\n');
      listed.append(i % 7 == 0 ? 0 : i % 5).append('\n');
    }
    npy("levels.npy", "|u1", EXAMPLES + ", 28, 28", levels);
    npy("small.npy", "|u1", EXAMPLES + ", 14, 14", Arrays.copyOf(levels, EXAMPLES * 196));
    npy("numbers.npy", "<f4", EXAMPLES + ", 28, 28", numbers.array());
    npy("labels.npy", "|u1", EXAMPLES + ",", labels);
    Files.writeString(directory.resolve("table.csv"), table);
    Files.writeString(directory.resolve("listed.csv"), listed);
    ByteBuffer idx = ByteBuffer.allocate(16 + levels.length);
    idx.putInt(0x803).putInt(EXAMPLES).putInt(28).putInt(28).put(levels);
    Files.write(directory.resolve("images"), idx.array());
    ByteBuffer idxLabels = ByteBuffer.allocate(8 + EXAMPLES);
    Files.write(
        directory.resolve("labels"), idxLabels.putInt(0x801).putInt(EXAMPLES).put(labels).array());
    tasks = new CoreTasks(2);
    maker =
        new VariantMaker(
            nothingStored(),
            new Datasets(new DatasetFiles(directory, directory.resolve("cache"), null)),
            new RealStatistics(tasks),
            tasks);
  }

  @AfterAll
  static void stop() {
    tasks.close();
  }

  private static void npy(String name, String type, String shape, byte[] values)
      throws IOException {
    byte[] header =
        ("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length).put(header).put(values);
    Files.write(directory.resolve(name), bytes.array());
  }

  /** Takes what is put and has nothing. */
  private static ObjectStore nothingStored() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "putIfAbsent" -> true;
                  case "find", "size" -> Optional.empty();
                  default -> throw new IllegalStateException("asked for " + method);
                });
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private DatasetSpec.Builder dataset(Kind kind) {
    DatasetSpec.Builder dataset = DatasetSpec.newBuilder();
    switch (kind) {
      case STROKES -> dataset.setName("strokes").setTrainSize(40).setValidationSize(10);
      case IDX ->
          dataset
              .setName("idx")
              .setIdx(IdxFiles.newBuilder().setTrainImages("images").setTrainLabels("labels"));
      case LEVELS -> files(dataset, "levels.npy");
      case SMALL_LEVELS -> files(dataset, "small.npy");
      case NUMBERS -> files(dataset, "numbers.npy");
      case NUMBERS_AS_LEVELS ->
          files(dataset, "numbers.npy").getFilesBuilder().setValues(OwnFiles.Values.LEVELS);
      case STANDARDIZED -> files(dataset, "numbers.npy").getFilesBuilder().setStandardize(true);
      case TABLE -> files(dataset, "table.csv").getFilesBuilder().getTrainBuilder().clearLabels();
    }
    if (kind != Kind.STROKES && chance(0.8)) {
      dataset.setTrainSize(one(List.of(1, 6, 30, 40))).setValidationSize(one(List.of(1, 10, 20)));
    }
    dataset.setPooling(chance(0.25) ? 2 : 1);
    return dataset;
  }

  private static DatasetSpec.Builder files(DatasetSpec.Builder dataset, String path) {
    dataset
        .setName("files")
        .getFilesBuilder()
        .setTrain(FileSet.newBuilder().setPath(path).setLabels("labels.npy"));
    return dataset;
  }

  private void select(DatasetSpec.Builder dataset) {
    if (chance(0.2)) {
      dataset.addClasses(random.nextInt(5)).addClasses(random.nextInt(6));
    } else if (chance(0.1)) {
      dataset
          .addClassGroups(ClassGroup.newBuilder().addClasses(0).addClasses(4))
          .addClassGroups(ClassGroup.newBuilder().addClasses(2));
    }
    if (chance(0.1)) {
      for (long i = 0; i < 30; i++) {
        dataset.addSourceIndices(i * random.nextInt(1, 3));
      }
    }
    if (chance(0.1)) {
      dataset.setDuplicates(DatasetSpec.Duplicates.DROP);
    }
    if (chance(0.15)) {
      dataset.getImbalanceBuilder().setRatio(one(List.of(2.0, 100.0)));
    }
    if (chance(0.2)) {
      dataset.getSubsetBuilder().setShare(one(List.of(0.5, 0.01)));
    }
  }

  private void corrupt(
      VariantSpec.Builder spec, InputCorruption.Rule inputs, LabelCorruption.Rule labels) {
    if (inputs != InputCorruption.Rule.UNSPECIFIED) {
      InputCorruption.Builder corrupted = spec.getCorruptionBuilder().getInputsBuilder();
      corrupted.setRule(inputs).setLevel(one(List.of(0.0, 0.4, 1.0)));
      if (inputs == InputCorruption.Rule.GAUSSIAN) {
        corrupted.setStatistics(
            one(
                List.of(
                    InputCorruption.Statistics.SCALAR,
                    InputCorruption.Statistics.CHANNEL,
                    InputCorruption.Statistics.PIXEL)));
      }
      if (inputs == InputCorruption.Rule.OPEN_SET) {
        corrupted.setOther(dataset(one(List.of(Kind.values()))));
      }
    }
    if (labels != LabelCorruption.Rule.UNSPECIFIED) {
      LabelCorruption.Builder corrupted = spec.getCorruptionBuilder().getLabelsBuilder();
      corrupted.setRule(labels).setLevel(one(List.of(0.0, 0.4, 1.0)));
      if (labels == LabelCorruption.Rule.FILE) {
        corrupted.getFileBuilder().setPath("listed.csv");
      }
      if (labels == LabelCorruption.Rule.UNIQUE) {
        corrupted.setLevel(1);
      }
      if (labels == LabelCorruption.Rule.TRANSITION_MATRIX) {
        int classes = one(List.of(2, 5, 10));
        for (int c = 0; c < classes; c++) {
          for (int to = 0; to < classes; to++) {
            if (to == 0) {
              corrupted.addTransitionMatrixBuilder();
            }
            corrupted.getTransitionMatrixBuilder(c).addProbabilities(1.0 / classes);
          }
        }
      }
    }
    if (chance(0.2)) {
      RepeatedExamples.Builder repeated =
          spec.getCorruptionBuilder().getRepeatedBuilder().setTimes(3);
      if (chance(0.3)) {
        repeated.addSourceIndices(random.nextInt(EXAMPLES));
      } else {
        repeated
            .setShare(one(List.of(0.001, 0.5)))
            .setOf(
                one(
                    List.of(
                        RepeatedExamples.Of.ANY,
                        RepeatedExamples.Of.CLEAN,
                        RepeatedExamples.Of.CORRUPTED)));
      }
    }
    if (chance(0.15)) {
      spec.getCorruptionBuilder().getThresholdClassBuilder();
    }
    spec.getCorruptionBuilder().setCorruptValidation(chance(0.3));
  }

  @Test
  void check_anyCombination_letsInWhatCanBeMadeAndNothingElse() {
    Set<String> met = new TreeSet<>();
    Set<String> refusals = new TreeSet<>();
    int made = 0;
    for (int i = 0; i < COMBINATIONS; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      InputCorruption.Rule inputs = one(INPUTS);
      LabelCorruption.Rule labels = one(LABELS);
      VariantSpec.Builder builder = VariantSpec.newBuilder().setDataset(dataset(kind));
      select(builder.getDatasetBuilder());
      corrupt(builder, inputs, labels);
      VariantSpec spec = builder.build();
      met.add(kind + " " + inputs);
      met.add(kind + " " + labels);
      try {
        maker.check(spec);
      } catch (SpecException | DatasetException e) {
        refusals.add(String.valueOf(e.getMessage()).replaceAll("[0-9]+", "#"));
        assertThatThrownBy(() -> maker.make(spec)).as(spec.toString()).isInstanceOf(e.getClass());
        continue;
      }
      try {
        maker.make(spec);
        made++;
      } catch (RuntimeException | Error e) {
        fail("was let in and cannot be made: " + spec, e);
      }
    }
    assertThat(met).hasSize(Kind.values().length * (INPUTS.size() + LABELS.size() - 1));
    assertThat(made).isGreaterThan(COMBINATIONS / 10);
    assertThat(refusals).hasSizeGreaterThan(10);
  }
}
