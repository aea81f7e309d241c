package dev.rote.spec;

import java.util.Map;

/** Paths of a user's own files, relative to the datasets directory. */
final class OwnPath {
  /** What the object store holds by its content. */
  private static final String STORED = "stored:[0-9a-f]{64}/[A-Za-z0-9_-][A-Za-z0-9_.-]*";

  private static final String HTTPS = "https://[A-Za-z0-9.-]+(:[0-9]+)?/[!-~]*";

  private static final String S3 = "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.*'()/-]+";

  private OwnPath() {}

  /**
   * Checks where files come from: a path that may have wildcards, or an address.
   *
   * @param content SHA-256 by path
   */
  static void checkSource(
      Checks checks, String field, String source, boolean required, Map<String, String> content) {
    if (source.startsWith("stored:")) {
      checks.require(
          source.matches(STORED),
          field,
          "must be as 'rote datasets put' prints it, stored:<SHA-256>/<name>, was \""
              + VisibleText.line(source)
              + "\"");
    } else if (source.startsWith("https:") || source.startsWith("s3:")) {
      checks.require(
          source.matches(HTTPS) || source.matches(S3),
          field,
          "must be an address such as https://host/file or s3://bucket/key, was \""
              + VisibleText.line(source)
              + "\"");
      checks.require(
          content.containsKey(source),
          field,
          "is an address: write `content: {\"" + VisibleText.line(source) + "\": <SHA-256>}`, too");
    } else {
      check(checks, field, source, source.replace('*', '-').replace('?', '-'), required);
    }
  }

  static void check(Checks checks, String field, String path, boolean required) {
    check(checks, field, path, path, required);
  }

  private static void check(
      Checks checks, String field, String path, String plain, boolean required) {
    if (path.isEmpty()) {
      checks.require(
          !required,
          field,
          "must be the path of a file, relative to the datasets directory; it is not written");
    } else {
      checks.require(
          isRelative(plain),
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
