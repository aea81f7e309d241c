package dev.rote.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a file system refuses, in words: most of its exceptions hold no more than a path. */
public final class FileTrouble {

  private FileTrouble() {}

  /** Such as {@code /a/b: permission denied}. */
  public static String words(IOException trouble) {
    if (!(trouble instanceof FileSystemException failed)) {
      return String.valueOf(trouble.getMessage());
    }
    return failed.getFile() + ": " + reason(failed);
  }

  private static String reason(FileSystemException failed) {
    if (failed instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failed instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (failed instanceof FileAlreadyExistsException) {
      return "is a file, not a directory";
    }
    String reason = failed.getReason();
    return reason == null ? failed.getClass().getSimpleName() : reason;
  }
}
