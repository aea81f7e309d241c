package dev.rote.cli.command;

import java.util.List;
import java.util.stream.Collectors;

/** Words as they are typed into a shell. */
final class Typed {
  private Typed() {}

  /** The words of a command, quoted where that is needed. */
  static String words(List<String> words) {
    return words.stream().map(Typed::word).collect(Collectors.joining(" "));
  }

  /** One word, quoted where that is needed. */
  static String word(String word) {
    return word.matches("[\\w./:=,@%+-]+")
        ? word
        : "\"" + word.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
  }
}
