package dev.rote.spec;

/** Paths of a user's own files, relative to the datasets directory. */
final class OwnPath {
  private OwnPath() {}

  static void check(Checks checks, String field, String path, boolean required) {
    if (path.isEmpty()) {
      checks.require(
          !required,
          field,
          "must be the path of a file, relative to the datasets directory; it is not written");
    } else {
      checks.require(
          isRelative(path),
          field,
          "must be a path inside the datasets directory, without .., was \"" + path + "\"");
    }
  }

  /**
   * Names joined by slashes, none of them hidden: of letters, digits, dots, hyphens and the like.
   */
  private static boolean isRelative(String path) {
    boolean first = true;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean inside = !first && (c == '.' || c == '/');
      if (!letter && !inside && c != '_' && c != '-') {
        return false;
      }
      first = c == '/';
    }
    return !first;
  }
}
