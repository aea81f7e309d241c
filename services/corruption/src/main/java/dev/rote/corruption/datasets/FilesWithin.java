package dev.rote.corruption.datasets;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Files of a folder by their paths in it, each made when it is asked for: there may be millions.
 */
final class FilesWithin extends AbstractList<NamedFile> implements RandomAccess {
  private final NamedFile folder;
  private final List<String> paths;

  /**
   * @param paths in the folder, parted by slashes
   */
  FilesWithin(NamedFile folder, List<String> paths) {
    this.folder = folder;
    this.paths = List.copyOf(paths);
  }

  @Override
  public NamedFile get(int index) {
    String path = paths.get(index);
    return new NamedFile(folder.name() + "/" + path, folder.path().resolve(path), folder.field());
  }

  @Override
  public int size() {
    return paths.size();
  }
}
