package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import dev.rote.corruption.datasets.OwnSources.Found;
import dev.rote.corruption.formats.Classes;
import dev.rote.corruption.formats.ExampleReader;
import dev.rote.corruption.formats.FileFormats;
import dev.rote.corruption.formats.Packed;
import dev.rote.corruption.formats.PackedSource;
import dev.rote.corruption.formats.Scaling;
import dev.rote.corruption.formats.SetFiles;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dataset of files of a user's own in any format. Files are read once, in order, and laid down
 * in the cache with random access, under their content and how they are described.
 */
final class FilesDataset implements Dataset {
  private static final String FIELD = "variant.dataset.files.";
  private static final String FOLDER = "packed";
  private static final int SCALINGS = 4;

  private final DatasetFiles files;
  private final FileFormats formats;
  private final SingleFlight<Path> packing = new SingleFlight<>();

  /** By training files as they are laid down, where the path stands for the content. */
  private final Remembered<Path, Scaling> scalings = new Remembered<>(SCALINGS);

  FilesDataset(DatasetFiles files) {
    this.files = files;
    this.formats = new FileFormats(files.unpacking());
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public void tell(DatasetInfo.Builder info) {
    files.own().tell(info);
  }

  /* The content is in the specification, which the id is the hash of, and nothing else is read. */
  @Override
  public SortedMap<String, String> ownFiles(DatasetSpec spec) {
    SortedMap<String, String> sums = new TreeMap<>();
    for (Role role : roles(spec)) {
      for (String path : List.of(role.set.getPath(), role.set.getLabels())) {
        if (!path.isEmpty()) {
          sums.put(path, spec.getFiles().getContentOrThrow(path));
        }
      }
    }
    return sums;
  }

  @Override
  public Map<String, Integer> trainNames(DatasetSpec spec) {
    FileSet train = spec.getFiles().getTrain();
    Found found =
        files
            .sources()
            .find(FIELD + "train.path", train.getPath(), spec.getFiles().getContentMap());
    if (!found.isFolder()) {
      return Dataset.super.trainNames(spec);
    }
    Map<String, Integer> names = new HashMap<>();
    Set<String> several = new HashSet<>();
    int folder = found.root().name().length() + 1;
    for (int i = 0; i < found.files().size(); i++) {
      String within = found.files().get(i).name().substring(folder);
      names.put(within, i);
      String last = within.substring(within.lastIndexOf('/') + 1);
      if (!last.equals(within) && names.put(last, i) != null) {
        several.add(last);
      }
    }
    names.keySet().removeAll(several);
    return names;
  }

  /** The files of a set, found once, and SHA-256 by path. */
  private record Located(Role role, SetFiles files, SortedMap<String, String> content) {}

  private Located located(Role role, OwnFiles described) {
    SortedMap<String, String> content = new TreeMap<>();
    Found found = found(role.field + ".path", role.set.getPath(), described, content);
    List<NamedFile> labels =
        role.set.getLabels().isEmpty()
            ? List.of()
            : found(role.field + ".labels", role.set.getLabels(), described, content).files();
    return new Located(
        role,
        new SetFiles(role.name, found.root(), found.isFolder(), found.files(), labels),
        content);
  }

  private Found found(
      String field, String path, OwnFiles described, SortedMap<String, String> sums) {
    Found found = files.sources().find(field, path, described.getContentMap());
    String now = files.sources().sha256(path, found);
    String said = described.getContentOrDefault(path, now);
    if (!said.equals(now)) {
      throw DatasetException.refused(
          field,
          "%s has the SHA-256 %s now, and %s is asked for: it has changed since, and other content is another dataset (submit the sweep again, or give the file another name)"
              .formatted(path, now, said));
    }
    sums.put(path, now);
    return found;
  }

  /** A set that is read, and what it is for. */
  record Role(String name, String field, FileSet set) {}

  /** The sets that a description has. */
  static List<Role> written(OwnFiles files) {
    List<Role> roles = new ArrayList<>();
    roles.add(new Role("train", FIELD + "train", files.getTrain()));
    if (files.hasValidation()) {
      roles.add(new Role("validation", FIELD + "validation", files.getValidation()));
    }
    if (files.hasTest()) {
      roles.add(new Role("test", FIELD + "test", files.getTest()));
    }
    return roles;
  }

  /** The description with the sets that its training path turns out to have. */
  OwnFiles arranged(OwnFiles asked) {
    return new Arrangement(files.own(), formats).of(asked);
  }

  /**
   * A set, laid down.
   *
   * @param set the files that it is read from
   * @param chosen its description with what was inferred
   * @param bytes that the files have
   */
  record Opened(Packed packed, SetFiles set, FileSet chosen, FileSet.Format format, long bytes)
      implements AutoCloseable {
    long files() {
      return set.files().size();
    }

    @Override
    public void close() {
      packed.close();
    }
  }

  /** A set as it is now. */
  Opened opened(Role role, OwnFiles described) {
    Located located = located(role, described);
    SetFiles set = located.files;
    FileSet chosen = formats.described(set, role.set);
    long bytes = 0;
    for (NamedFile file : set.files()) {
      try {
        bytes += Files.size(file.path());
      } catch (IOException e) {
        throw ByteFile.unreadable(file.name(), e);
      }
    }
    return new Opened(packed(located, described), set, chosen, formats.of(set, chosen), bytes);
  }

  /** What was inferred of the columns of a set's files, and what of it may not be meant. */
  List<String> notes(Opened opened) {
    try (ExampleReader reader = formats.open(opened.set, opened.chosen)) {
      return reader.notes();
    }
  }

  private static List<Role> roles(DatasetSpec spec) {
    OwnFiles files = spec.getFiles();
    List<Role> roles = new ArrayList<>();
    roles.add(new Role("train", FIELD + "train", files.getTrain()));
    switch (spec.getValidationSource()) {
      case VALIDATION ->
          roles.add(new Role("validation", FIELD + "validation", files.getValidation()));
      case TEST -> roles.add(new Role("test", FIELD + "test", files.getTest()));
      case TRAIN, UNSPECIFIED, UNRECOGNIZED -> {}
    }
    return roles;
  }

  @Override
  public OpenDataset open(DatasetSpec spec) {
    List<ExampleSource> sources = new ArrayList<>();
    List<Packed> opened = new ArrayList<>();
    try {
      @Nullable Scaling scaling = null;
      List<String> names = spec.getFiles().getClassesList();
      for (Role role : roles(spec)) {
        Packed packed = packed(located(role, spec.getFiles()), spec.getFiles());
        opened.add(packed);
        boolean train = sources.isEmpty();
        Classes classes = Classes.of(packed, names, train);
        if (train) {
          names = classes.names();
          scaling =
              spec.getFiles().getStandardize()
                  ? scalings.of(packed.path(), () -> Scaling.of(packed))
                  : null;
        } else {
          requireAlike(role, packed, opened.get(0));
        }
        sources.add(new PackedSource(packed, classes, scaling));
      }
    } catch (DatasetException e) {
      opened.forEach(Packed::close);
      throw e;
    }
    return OpenDataset.cut(spec, sources);
  }

  private static void requireAlike(Role role, Packed packed, Packed train) {
    if (!packed.shape().equals(train.shape()) || packed.isLevels() != train.isLevels()) {
      throw DatasetException.refused(
          role.field,
          "has examples of %s %s, and the training files of %s %s"
              .formatted(
                  packed.shape(),
                  packed.isLevels() ? "levels" : "numbers",
                  train.shape(),
                  train.isLevels() ? "levels" : "numbers"));
    }
  }

  /** The examples of a set, laid down unless they were. */
  private Packed packed(Located located, OwnFiles described) {
    Role role = located.role;
    SetFiles set = located.files;
    FileSet chosen = formats.described(set, role.set);
    String key = FOLDER + "/" + key(set, chosen, role.set, described, located.content);
    Path file =
        packing
            .run(
                key,
                () ->
                    files.cache().find(key).orElseGet(() -> pack(located, chosen, described, key)))
            .value();
    return Packed.open(new NamedFile(role.set.getPath(), file, role.field + ".path"));
  }

  private Path pack(Located located, FileSet chosen, OwnFiles described, String key) {
    SetFiles set = located.files;
    files.cache().removeUnused(FOLDER);
    try (ExampleReader reader = formats.open(set, chosen)) {
      return files
          .cache()
          .make(
              key,
              FileSum.CRC_32C,
              part -> {
                String sum =
                    Packed.write(reader, described, set.root().name(), part, FileSum.CRC_32C);
                requireStill(located, described);
                return sum;
              });
    } catch (IOException e) {
      String name = set.root().name();
      throw DatasetException.unreachable(
          name,
          "could not lay down the examples of "
              + name
              + " in "
              + files.cache().directory()
              + ", is its disk full or not to be written? "
              + e.getMessage(),
          e);
    }
  }

  /* The key is of the content: what was read may be no other. */
  private void requireStill(Located read, OwnFiles described) {
    if (!located(read.role, described).content.equals(read.content)) {
      throw DatasetException.changing(read.files.root().name());
    }
  }

  /** Content and all of the description that inputs and labels as they are laid down depend on. */
  private String key(
      SetFiles set,
      FileSet chosen,
      FileSet written,
      OwnFiles described,
      Map<String, String> content) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) Packed.VERSION);
    for (String path : List.of(written.getPath(), written.getLabels())) {
      digest.update(java.util.HexFormat.of().parseHex(content.getOrDefault(path, "")));
    }
    digest.update(
        chosen.toBuilder()
            .clearPath()
            .clearLabels()
            .setFormat(formats.of(set, chosen))
            .build()
            .toByteArray());
    digest.update((byte) 0);
    digest.update(
        described.toBuilder()
            .clearTrain()
            .clearValidation()
            .clearTest()
            .clearClasses()
            .clearStandardize()
            .clearContent()
            .build()
            .toByteArray());
    return Sha256.hex(digest.digest());
  }
}
