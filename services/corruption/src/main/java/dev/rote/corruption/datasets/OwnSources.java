package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import dev.rote.corruption.datasets.OwnFiles.Wish;
import dev.rote.spec.VisibleText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Files of a user's own, wherever they come from: the datasets directory, object storage, or an
 * address.
 */
final class OwnSources {
  /** Most files below a path. */
  private static final int MOST_FILES = mostFiles(Runtime.getRuntime().maxMemory());

  /* Of the name of a file, and what is made while names are put in order. */
  private static final int BYTES_OF_A_NAME = 128;
  private static final int DEEPEST = 16;

  /** Stands for bytes of a name that are no text. */
  private static final char NO_TEXT = '\uFFFD';

  private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg");

  private final OwnFiles own;
  private final VerifiedFiles verified;
  private final FetchedFiles fetched;
  private final FolderSums folders = new FolderSums();

  OwnSources(OwnFiles own, VerifiedFiles verified, FetchedFiles fetched) {
    this.own = own;
    this.verified = verified;
    this.fetched = fetched;
  }

  /** Files whose names a heap has room for. */
  static int mostFiles(long heapBytes) {
    return (int) Math.min(5_000_000, heapBytes / BYTES_OF_A_NAME);
  }

  /**
   * What lies under a path.
   *
   * @param root the folder, or the first file
   * @param isFolder whether it is a folder, the files being the pictures in it
   * @param files at least one, by path; those of a folder are made when they are asked for
   * @param state of a folder's files, see {@link FolderState}; of others, empty
   */
  record Found(NamedFile root, boolean isFolder, List<NamedFile> files, String state) {
    static Found of(List<NamedFile> files) {
      return new Found(files.get(0), false, files, "");
    }
  }

  /**
   * Finds the files of a path.
   *
   * @param content SHA-256 by path, as far as a specification says
   * @throws DatasetException with reason {@code MISSING} when there is none
   */
  Found find(String field, String path, Map<String, String> content) {
    if (FetchedFiles.isReference(path)) {
      NamedFile file = fetched.file(field, path, content.getOrDefault(path, ""));
      return Found.of(List.of(file));
    }
    Wish wish = new Wish(field, path, IdxHeader.Content.IMAGES);
    if (path.contains("*") || path.contains("?")) {
      return matching(wish);
    }
    Path place = own.resolve(wish);
    if (Files.isDirectory(place)) {
      return folder(new NamedFile(path, place, field));
    }
    NamedFile file = own.locate(field, path);
    return Found.of(List.of(file));
  }

  private Found matching(Wish wish) {
    int wild = Math.min(at(wish.path(), '*'), at(wish.path(), '?'));
    int slash = wish.path().lastIndexOf('/', wild);
    String before = slash < 0 ? "" : wish.path().substring(0, slash);
    Path base =
        before.isEmpty() ? own.base() : own.resolve(new Wish(wish.field(), before, wish.content()));
    String rest = wish.path().substring(slash + 1);
    int depth = (int) rest.chars().filter(c -> c == '/').count() + 1;
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    List<NamedFile> files = new ArrayList<>();
    String folder = before.isEmpty() ? "" : before + "/";
    Walked walked = new Walked(wish, folder, false);
    walk(
        base,
        depth,
        walked,
        (path, within, attributes) -> {
          if (matcher.matches(Path.of(within))) {
            walked.requireText(within);
            files.add(new NamedFile(folder + within, path, wish.field()));
          }
        });
    if (files.isEmpty()) {
      throw DatasetException.missing(
          "files",
          "no file in the datasets directory, "
              + own.base().toAbsolutePath()
              + ", has a path like "
              + wish.path()
              + "; a folder is named without * and ?");
    }
    files.sort(Comparator.comparing(NamedFile::name));
    return Found.of(files);
  }

  private static int at(String text, char c) {
    int at = text.indexOf(c);
    return at < 0 ? text.length() : at;
  }

  private Found folder(NamedFile folder) {
    List<String> pictures = new ArrayList<>();
    FolderState state = new FolderState();
    Walked walked =
        new Walked(
            new Wish(folder.field(), folder.name(), IdxHeader.Content.IMAGES),
            folder.name() + "/",
            true);
    walk(
        folder.path(),
        DEEPEST,
        walked,
        (path, within, attributes) -> {
          if (isPicture(within)) {
            walked.requireText(within);
            pictures.add(within);
            state.see(path, within, attributes);
          }
        });
    if (pictures.isEmpty()) {
      throw DatasetException.refused(
          folder.field(),
          "must be a folder of pictures, and "
              + folder.name()
              + " has no .png, .jpg or .jpeg; files of other kinds are named themselves, such as "
              + folder.name()
              + "/*.parquet");
    }
    pictures.sort(Comparator.naturalOrder());
    return new Found(folder, true, new FilesWithin(folder, pictures), state.value());
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return PICTURES.stream().anyMatch(lower::endsWith);
  }

  /**
   * What is gone through.
   *
   * @param wish as the user wrote it
   * @param folder how names of files begin
   * @param whole whether everything in it is meant, so that nothing may be passed over
   */
  private record Walked(Wish wish, String folder, boolean whole) {
    DatasetException refusal(String within, String problem) {
      return DatasetException.refused(
          wish.field(), VisibleText.line(folder + within) + " " + problem);
    }

    /* Sums of several files are sums of lines, and a name that is no text leads to no file. */
    void requireText(String within) {
      if (within.chars().anyMatch(c -> Character.isISOControl(c) || c == NO_TEXT)) {
        throw refusal(
            within,
            "has a name with a line break or another character that is no text in UTF-8: rename"
                + " it");
      }
    }
  }

  private interface Each {
    void see(Path path, String within, BasicFileAttributes attributes) throws IOException;
  }

  /** Goes through the files below a folder; hidden ones are passed over. */
  private void walk(Path base, int depth, Walked walked, Each each) {
    String path = walked.wish.path();
    if (!Files.isDirectory(base)) {
      throw DatasetException.missing(
          "files", path + " is missing: there is no folder " + base.toAbsolutePath());
    }
    try {
      /* Links are not followed on the way, but the folder itself may be one. */
      Path real = base.toRealPath();
      Files.walkFileTree(real, Set.of(), depth, new Visible(real, walked, each));
    } catch (NoSuchFileException e) {
      throw DatasetException.changing(path);
    } catch (IOException e) {
      throw ByteFile.unreadable(path, e);
    }
  }

  /** Each file that is not hidden, by what the walk knows of it already: folders may have many. */
  private final class Visible extends SimpleFileVisitor<Path> {
    private final Path base;
    private final Walked walked;
    private final Each each;
    private int count;

    Visible(Path base, Walked walked, Each each) {
      this.base = base;
      this.walked = walked;
      this.each = each;
    }

    private boolean isHidden(Path path) {
      return !path.equals(base) && path.getFileName().toString().startsWith(".");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (isHidden(path)) {
        return FileVisitResult.CONTINUE;
      }
      String within = within(path);
      if (attributes.isDirectory()) {
        /* A folder is seen as a file where the walk goes no deeper. */
        if (walked.whole) {
          throw walked.refusal(within, "lies too deep: folders are read to " + DEEPEST + " levels");
        }
        return FileVisitResult.CONTINUE;
      }
      if (++count > MOST_FILES) {
        throw DatasetException.refused(
            walked.wish.field(),
            walked.wish.path()
                + " has more than "
                + MOST_FILES
                + " files, whose names this service's memory holds: write them as a Parquet file,"
                + " or as several folders and datasets");
      }
      boolean link = attributes.isSymbolicLink();
      if (link) {
        Wish wish = walked.wish;
        own.requireInside(new Wish(wish.field(), walked.folder + within, wish.content()), path);
      }
      if (link ? Files.isRegularFile(path) : attributes.isRegularFile()) {
        each.see(path, within, attributes);
      } else if (walked.whole && link && Files.isDirectory(path)) {
        throw walked.refusal(
            within, "is a link to a folder, which is not followed: put the folder itself there");
      } else if (walked.whole && isPicture(within)) {
        throw walked.refusal(
            within, link ? "is a link that leads to no file" : "is no file that can be read");
      }
      return FileVisitResult.CONTINUE;
    }

    private String within(Path path) {
      return base.relativize(path).toString().replace(File.separatorChar, '/');
    }
  }

  /** The SHA-256 of what lies under a path. */
  String sha256(String field, String path, Map<String, String> content) {
    return sha256(path, find(field, path, content));
  }

  /**
   * The SHA-256 of what was found under a path: of a file, or of the lines {@code <SHA-256> <path>}
   * of several.
   */
  String sha256(String path, Found found) {
    if (found.isFolder) {
      return folders.sha256(found);
    }
    if (found.files.size() == 1 && found.files.get(0).name().equals(path)) {
      return verified.sha256(found.files.get(0));
    }
    MessageDigest digest = Sha256.digest();
    for (NamedFile file : found.files) {
      digest.update(
          (verified.sha256(file) + " " + file.name() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(digest.digest());
  }
}
