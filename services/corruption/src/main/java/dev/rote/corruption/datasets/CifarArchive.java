package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.DataFile.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The archive of one of CIFAR's binary versions.
 *
 * @param folder its folder
 * @param address where it is published
 * @param sha256 of the archive
 */
record CifarArchive(String folder, String address, String sha256) {

  /**
   * A file in the archive.
   *
   * @param bytes its size
   * @param sha256 where known
   */
  record Entry(String name, long bytes, @Nullable String sha256) {}

  /** The files of all entries, in their order. */
  List<DataFile> files(List<Entry> entries) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    entries.forEach(entry -> sizes.put(folder + "/" + entry.name, entry.bytes));
    Origin origin = Origin.archive(List.of(URI.create(address)), sha256, sizes);
    List<DataFile> files = new ArrayList<>();
    for (Entry entry : entries) {
      files.add(new DataFile(folder, entry.name, entry.bytes, entry.sha256, null, origin));
    }
    return List.copyOf(files);
  }
}
