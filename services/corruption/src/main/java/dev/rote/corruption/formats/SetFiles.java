package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.NamedFile;
import java.util.Collections;
import java.util.List;

/**
 * The files of a set, found.
 *
 * @param role {@code train}, {@code validation} or {@code test}
 * @param root the folder, or the first file
 * @param isFolder whether it is a folder
 * @param files in order; of a folder all pictures in it
 * @param labels files of labels, in the order of the files that they belong to; may be empty
 */
public record SetFiles(
    String role, NamedFile root, boolean isFolder, List<NamedFile> files, List<NamedFile> labels) {
  public SetFiles {
    /* Not copied: those of a folder are made when they are asked for. */
    files = Collections.unmodifiableList(files);
    labels = List.copyOf(labels);
  }
}
