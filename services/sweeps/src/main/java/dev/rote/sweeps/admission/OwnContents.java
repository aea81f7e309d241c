package dev.rote.sweeps.admission;

import java.util.Map;
import java.util.Set;

/** Says what a user's own files hold. */
@FunctionalInterface
public interface OwnContents {

  /**
   * The SHA-256 in hexadecimal digits of what lies under paths, by path.
   *
   * @throws RuntimeException a status of the gRPC API: a file is missing, or not to be told now
   */
  Map<String, String> of(Set<String> paths);
}
