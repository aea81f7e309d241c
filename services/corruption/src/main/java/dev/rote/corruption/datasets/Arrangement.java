package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.OwnFiles.Wish;
import dev.rote.corruption.formats.FileFormats;
import dev.rote.v1.FileSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which sets there are under a path, by the names that files, folders and arrays commonly have. */
final class Arrangement {
  private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("train", List.of("train", "training", "data_batch"));
    NAMES.put("validation", List.of("validation", "valid", "val", "dev"));
    NAMES.put("test", List.of("test", "testing", "t10k", "test_batch"));
  }

  private static final List<String> TABLES = List.of(".csv", ".tsv");

  private final dev.rote.corruption.datasets.OwnFiles own;
  private final FileFormats formats;

  Arrangement(dev.rote.corruption.datasets.OwnFiles own, FileFormats formats) {
    this.own = own;
    this.formats = formats;
  }

  /** The description with the sets that its training path turns out to have. */
  dev.rote.v1.OwnFiles of(dev.rote.v1.OwnFiles asked) {
    FileSet train = asked.getTrain();
    if (asked.hasValidation() || asked.hasTest() || train.getPath().contains(":")) {
      return asked;
    }
    if (train.getPath().contains("*") || train.getPath().contains("?")) {
      return asked;
    }
    Path place = own.resolve(new Wish("path", train.getPath(), IdxHeader.Content.IMAGES));
    Map<String, FileSet> sets =
        Files.isDirectory(place) ? ofFolder(train, place) : ofFile(train, place);
    dev.rote.v1.OwnFiles.Builder found = asked.toBuilder();
    found.setTrain(sets.getOrDefault("train", train));
    Optional.ofNullable(sets.get("validation")).ifPresent(found::setValidation);
    Optional.ofNullable(sets.get("test")).ifPresent(found::setTest);
    return found.build();
  }

  private Map<String, FileSet> ofFile(FileSet train, Path place) {
    Map<String, FileSet> sets = new LinkedHashMap<>();
    sets.put("train", train);
    if (!Files.isRegularFile(place)) {
      return sets;
    }
    NamedFile file = new NamedFile(train.getPath(), place, "path");
    List<String> arrays = formats.arrays(file);
    for (String role : List.of("validation", "test")) {
      if (train.getImage().isEmpty() && arrays.stream().anyMatch(name -> speaks(name, role))) {
        sets.put(role, FileSet.newBuilder().setPath(train.getPath()).build());
      }
    }
    if (train.getLabels().isEmpty() && arrays.isEmpty()) {
      labels(train.getPath(), place)
          .ifPresent(labels -> sets.put("train", train.toBuilder().setLabels(labels).build()));
    }
    return sets;
  }

  /** A file of labels beside one of inputs. */
  private static Optional<String> labels(String path, Path place) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    List<String> candidates =
        List.of(
            name.replace("images", "labels").replace("idx3", "idx1").replace("idx4", "idx1"),
            name.replace("image", "label"),
            name.replace("data", "labels"),
            name.replaceFirst("^x", "y"),
            name.replaceFirst("^X", "y"),
            name.replaceFirst("^X", "Y"));
    return candidates.stream()
        .filter(candidate -> !candidate.equals(name))
        .filter(candidate -> Files.isRegularFile(place.resolveSibling(candidate)))
        .findFirst()
        .map(candidate -> path.substring(0, path.length() - name.length()) + candidate);
  }

  private Map<String, FileSet> ofFolder(FileSet train, Path place) {
    List<String> names = names(place);
    Map<String, FileSet> sets = new LinkedHashMap<>();
    NAMES.forEach(
        (role, words) ->
            names.stream()
                .filter(name -> words.contains(name) && Files.isDirectory(place.resolve(name)))
                .findFirst()
                .ifPresent(
                    name ->
                        sets.put(
                            role,
                            FileSet.newBuilder().setPath(train.getPath() + "/" + name).build())));
    if (!sets.isEmpty()) {
      return sets;
    }
    if (Files.isDirectory(place.resolve("data")) && names.stream().noneMatch(this::isData)) {
      return ofFolder(
          train.toBuilder().setPath(train.getPath() + "/data").build(), place.resolve("data"));
    }
    List<String> data = names.stream().filter(this::isData).toList();
    boolean pictures = names.stream().anyMatch(Arrangement::isPicture);
    if (pictures || data.isEmpty()) {
      Optional<String> table =
          data.stream().filter(name -> TABLES.stream().anyMatch(name::endsWith)).findFirst();
      FileSet.Builder set = train.toBuilder();
      table.filter(name -> pictures).ifPresent(name -> set.setLabels(train.getPath() + "/" + name));
      sets.put("train", set.build());
      return sets;
    }
    return ofShards(train, place, data);
  }

  /** Sets of files that lie side by side; those that no name tells are for training. */
  private Map<String, FileSet> ofShards(FileSet train, Path place, List<String> data) {
    Map<String, List<String>> byRole = new LinkedHashMap<>();
    for (String name : data) {
      boolean labels =
          name.contains("label")
              && data.contains(name.replace("labels", "images").replace("idx1", "idx3"));
      if (!labels && !name.contains("batches.meta")) {
        byRole.computeIfAbsent(role(name), any -> new ArrayList<>()).add(name);
      }
    }
    Map<String, FileSet> sets = new LinkedHashMap<>();
    byRole.forEach(
        (role, files) -> {
          FileSet.Builder set =
              FileSet.newBuilder().setPath(train.getPath() + "/" + pattern(files, data));
          if (files.size() == 1) {
            labels(set.getPath(), place.resolve(files.get(0))).ifPresent(set::setLabels);
          }
          sets.put(role, set.build());
        });
    return sets;
  }

  private static String role(String name) {
    for (String role : List.of("validation", "test", "train")) {
      if (speaks(name, role)) {
        return role;
      }
    }
    return "train";
  }

  private static boolean speaks(String name, String role) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> words = List.of(lower.split("[^a-z0-9]+"));
    return NAMES.getOrDefault(role, List.of()).stream()
        .anyMatch(
            word -> words.contains(word) || lower.startsWith(word) || lower.startsWith("x" + word));
  }

  /** The name of one file, or a pattern that all of several have, and no other file. */
  private static String pattern(List<String> files, List<String> all) {
    if (files.size() == 1) {
      return files.get(0);
    }
    String first = files.get(0);
    int before = first.length();
    int after = first.length();
    for (String name : files) {
      before = Math.min(before, common(first, name));
      after =
          Math.min(
              after,
              common(
                  new StringBuilder(first).reverse().toString(),
                  new StringBuilder(name).reverse().toString()));
    }
    int end = Math.min(after, first.length() - before);
    String pattern = first.substring(0, before) + "*" + first.substring(first.length() - end);
    String regex =
        java.util.regex.Pattern.quote(first.substring(0, before))
            + ".*"
            + java.util.regex.Pattern.quote(first.substring(first.length() - end));
    boolean alone = all.stream().allMatch(name -> files.contains(name) || !name.matches(regex));
    if (!alone) {
      throw DatasetException.refused(
          "path",
          "must be the path of a file or a pattern: files of several sets lie in one folder, "
              + String.join(", ", all.stream().limit(6).toList()));
    }
    return pattern;
  }

  private static int common(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  private boolean isData(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    return plain.endsWith(".parquet")
        || plain.endsWith(".npz")
        || plain.endsWith(".npy")
        || plain.endsWith(".bin")
        || plain.contains("-idx")
        || plain.endsWith(".idx")
        || plain.matches("(data_batch_[0-9]+|test_batch)")
        || TABLES.stream().anyMatch(plain::endsWith);
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw ByteFile.unreadable(folder.toString(), e);
    }
  }
}
