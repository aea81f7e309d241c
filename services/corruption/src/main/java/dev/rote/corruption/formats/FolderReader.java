package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.NamedFile;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Pictures of a folder, each a file: its label is the folder that it lies in, or what a table says
 * of its name.
 */
final class FolderReader implements ExampleReader {
  private static final long LARGEST_FILE = 256L << 20;

  private final Iterator<NamedFile> files;
  private final NamedFile folder;
  private final Map<String, String> labels;

  /**
   * @param folder by which paths of the files begin
   * @param files in order
   * @param labels by path in the folder, or by name alone; empty: folders are the labels
   */
  FolderReader(NamedFile folder, List<NamedFile> files, Map<String, String> labels) {
    this.folder = folder;
    this.files = files.iterator();
    this.labels = labels;
  }

  @Override
  public boolean next(Example into) {
    if (!files.hasNext()) {
      return false;
    }
    NamedFile file = files.next();
    into.label(label(file));
    into.place(file.name());
    into.picture(bytes(file), file);
    return true;
  }

  private String label(NamedFile file) {
    String within = file.name().substring(folder.name().length() + 1);
    if (labels.isEmpty()) {
      int slash = within.indexOf('/');
      if (slash < 0) {
        throw file.unfit(
            "lies in no folder of a class: pictures are looked for in "
                + folder.name()
                + "/<class>/, or `labels` names a table of their labels",
            "folder",
            "one a class",
            "none");
      }
      return within.substring(0, slash);
    }
    String name = within.substring(within.lastIndexOf('/') + 1);
    String label = labels.getOrDefault(within, labels.get(name));
    if (label == null) {
      throw file.unfit(
          "has no label: the table of labels has no row for it", "label", "one a file", "none");
    }
    return label;
  }

  private static byte[] bytes(NamedFile file) {
    try (ByteFile bytes = ByteFile.open(file)) {
      long size = bytes.size();
      if (size > LARGEST_FILE) {
        throw file.unfit(
            "has " + size + " bytes: a picture may have at most " + LARGEST_FILE,
            "size",
            "at most " + LARGEST_FILE,
            "" + size);
      }
      byte[] all = new byte[(int) size];
      bytes.read(0, all, 0, all.length);
      return all;
    }
  }

  @Override
  public void close() {
    /* Files are open while they are read. */
  }
}
