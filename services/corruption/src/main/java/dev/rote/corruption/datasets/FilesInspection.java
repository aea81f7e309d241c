package dev.rote.corruption.datasets;

import com.google.protobuf.ByteString;
import dev.rote.corruption.formats.Classes;
import dev.rote.corruption.formats.Packed;
import dev.rote.v1.Figure;
import dev.rote.v1.FileSet;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.InspectFilesResponse;
import dev.rote.v1.Panel;
import dev.rote.v1.SetFacts;
import dev.rote.v1.VariantManifest.Encoding;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What files of a user's own hold: counts, ranges, duplicates and a sheet of examples. */
final class FilesInspection {
  private static final int DRAWN_CLASSES = 12;
  private static final int DRAWN_EXAMPLES = 8;

  private final FilesDataset dataset;

  FilesInspection(FilesDataset dataset) {
    this.dataset = dataset;
  }

  InspectFilesResponse of(InspectFilesRequest request) {
    dev.rote.v1.OwnFiles asked = dataset.arranged(request.getFiles());
    InspectFilesResponse.Builder told = InspectFilesResponse.newBuilder();
    dev.rote.v1.OwnFiles.Builder described = asked.toBuilder();
    List<String> names = asked.getClassesList();
    for (FilesDataset.Role role : FilesDataset.written(asked)) {
      try (FilesDataset.Opened opened = dataset.opened(role, asked)) {
        Packed packed = opened.packed();
        boolean train = role.name().equals("train");
        if (train) {
          if (names.isEmpty()) {
            names = Classes.proposed(packed);
            if (!Classes.isPlain(packed)) {
              described.addAllClasses(names);
            }
          }
          told.setShape(packed.shape().toProto()).addAllClasses(names);
          notes(told, opened, role.set());
          told.addAllNotes(dataset.notes(opened));
        }
        Classes classes = Classes.of(packed, names, false);
        told.addSets(facts(told, role, opened, classes));
        if (train && request.getSheet() && packed.isLevels()) {
          sheet(packed, classes).ifPresentOrElse(told::setSheet, () -> {});
        }
        set(described, role.name(), opened.chosen());
      }
    }
    return told.setFiles(described).build();
  }

  private static void set(dev.rote.v1.OwnFiles.Builder described, String role, FileSet set) {
    switch (role) {
      case "train" -> described.setTrain(set);
      case "validation" -> described.setValidation(set);
      default -> described.setTest(set);
    }
  }

  private static void notes(
      InspectFilesResponse.Builder told, FilesDataset.Opened opened, FileSet written) {
    FileSet chosen = opened.chosen();
    if (!chosen.getImage().equals(written.getImage())) {
      told.addNotes("inputs are the array " + chosen.getImage());
    }
    if (!chosen.getLabel().equals(written.getLabel())) {
      told.addNotes("labels are " + chosen.getLabel());
    }
    if (!chosen.getLabels().isEmpty()) {
      told.addNotes("labels lie in " + chosen.getLabels() + ", in the order of the inputs");
    }
    if (!opened.packed().isLevels()) {
      told.addNotes(
          "inputs are numbers as they are in the files: radii and noise are in their units;"
              + " `standardize: true` makes the unit a standard deviation");
    }
  }

  private static SetFacts facts(
      InspectFilesResponse.Builder told,
      FilesDataset.Role role,
      FilesDataset.Opened opened,
      Classes classes) {
    Packed packed = opened.packed();
    SeenInputs seen = new SeenInputs();
    long[] counts = new long[classes.names().size()];
    long duplicates = 0;
    long contradictions = 0;
    byte[] raw = new byte[packed.shape().values() * (packed.isLevels() ? 1 : Float.BYTES)];
    for (long i = 0; i < packed.size(); i++) {
      packed.read(i, raw);
      int label = classes.of(packed, i);
      counts[label]++;
      int before = seen.see(raw, label);
      duplicates += before >= 0 ? 1 : 0;
      contradictions += before >= 0 && before != label ? 1 : 0;
    }
    if (seen.isFull()) {
      told.addNotes(
          "duplicates of the "
              + role.name()
              + " set are those of its first "
              + seen.kinds()
              + " different inputs alone: the memory of this service holds no more");
    }
    if (contradictions > 0) {
      told.addNotes(
          contradictions
              + " examples of the "
              + role.name()
              + " set have the inputs of an earlier one and another label");
    }
    SetFacts.Builder facts =
        SetFacts.newBuilder()
            .setName(role.name())
            .setFormat(opened.format())
            .setFiles(opened.files())
            .setSizeBytes(opened.bytes())
            .setExamples(packed.size())
            .setEncoding(packed.isLevels() ? Encoding.UINT8 : Encoding.FLOAT32)
            .setLeast(packed.least())
            .setGreatest(packed.greatest())
            .setDuplicates(duplicates)
            .setContradictions(contradictions);
    for (long count : counts) {
      facts.addClassExamples(count);
    }
    return facts.build();
  }

  private static java.util.Optional<Figure> sheet(Packed packed, Classes classes) {
    ImageShape shape = packed.shape();
    boolean drawn = (shape.channels() == 1 || shape.channels() == 3) && shape.height() > 1;
    if (!drawn) {
      return java.util.Optional.empty();
    }
    int count = Math.min(DRAWN_CLASSES, classes.names().size());
    List<ByteArrayOutputStream> pixels = new ArrayList<>();
    int[] taken = new int[count];
    for (int c = 0; c < count; c++) {
      pixels.add(new ByteArrayOutputStream());
    }
    byte[] levels = new byte[shape.values()];
    int missing = count * DRAWN_EXAMPLES;
    for (long i = 0; i < packed.size() && missing > 0; i++) {
      int label = classes.of(packed, i);
      if (label < count && taken[label] < DRAWN_EXAMPLES) {
        taken[label]++;
        missing--;
        packed.read(i, levels);
        pixels.get(label).writeBytes(interleaved(levels, shape));
      }
    }
    Figure.Builder figure = Figure.newBuilder().setName("examples").setTitle("Examples");
    for (int c = 0; c < count; c++) {
      figure.addPanels(
          Panel.newBuilder()
              .setTitle(c + ": " + classes.names().get(c))
              .setImages(
                  ImageGrid.newBuilder()
                      .setColumns(4)
                      .setHeight(shape.height())
                      .setWidth(shape.width())
                      .setChannels(shape.channels())
                      .setPixels(ByteString.copyFrom(pixels.get(c).toByteArray()))));
    }
    return java.util.Optional.of(figure.build());
  }

  /** Channels of a pixel side by side. */
  private static byte[] interleaved(byte[] planes, ImageShape shape) {
    byte[] out = new byte[planes.length];
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.pixels(); p++) {
        out[p * shape.channels() + c] = planes[c * shape.pixels() + p];
      }
    }
    return out;
  }
}
