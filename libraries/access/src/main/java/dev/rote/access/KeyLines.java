package dev.rote.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of keys: a line each, {@code SHA-256 NAME ROLE[,ROLE…] [GROUP]}; empty lines and those
 * that begin with {@code #} say nothing.
 *
 * @param callers by the hash of their key
 * @param mistakes a sentence for each line that is none of these; such a line lets nobody in
 */
public record KeyLines(Map<String, Caller> callers, List<String> mistakes) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public KeyLines {
    callers = Map.copyOf(callers);
    mistakes = List.copyOf(mistakes);
  }

  /** Reads the text of a file. */
  public static KeyLines parse(String text) {
    Map<String, Caller> callers = new HashMap<>();
    List<String> mistakes = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          add(line.split("\\s+"), callers);
        } catch (IllegalArgumentException e) {
          mistakes.add("line " + (i + 1) + ": " + e.getMessage());
        }
      }
    }
    return new KeyLines(callers, mistakes);
  }

  private static void add(String[] words, Map<String, Caller> callers) {
    if (words.length < 3 || words.length > 4) {
      throw new IllegalArgumentException(
          "there must be SHA-256, NAME, ROLES and, if it has one, GROUP with blanks between them;"
              + " there are "
              + words.length
              + " words");
    }
    // What stands here may be a key itself, written where its hash belongs: it is not repeated.
    if (!HASH.matcher(words[0]).matches()) {
      throw new IllegalArgumentException(
          "the first word must be the SHA-256 of a key, 64 of 0-9 and a-f, as sha256sum prints it");
    }
    for (int i : words.length == 4 ? new int[] {1, 3} : new int[] {1}) {
      if (!Caller.isName(words[i])) {
        throw new IllegalArgumentException(
            "names must be " + Caller.nameRule() + ", not \"" + words[i] + "\"");
      }
    }
    Caller caller = new Caller(words[1], Role.parse(words[2]), words.length == 4 ? words[3] : "");
    if (callers.putIfAbsent(words[0], caller) != null) {
      throw new IllegalArgumentException("the same key stands further up");
    }
  }
}
