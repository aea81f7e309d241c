package dev.rote.benchmarks.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The rows of a run, as Markdown for people and JSON for programs. */
public final class RowTable {
  private final List<Row> rows = new ArrayList<>();

  public void add(Row row) {
    rows.add(row);
  }

  /** A row in one line of text. */
  public static String line(Row row) {
    return row.benchmark()
        + ": "
        + row.subject()
        + ": Rote "
        + number(row.rote())
        + " "
        + row.unit()
        + others(row)
        + ratio(row).map(r -> ", ratio " + r).orElse("")
        + notes(row).map(n -> " (" + n + ")").orElse("");
  }

  private static String others(Row row) {
    return row.peers().entrySet().stream()
        .map(e -> ", " + e.getKey() + " " + number(e.getValue()))
        .collect(Collectors.joining());
  }

  private static Optional<String> ratio(Row row) {
    OptionalDouble ratio = row.ratio();
    if (ratio.isEmpty()) {
      return Optional.empty();
    }
    String text = String.format(Locale.ROOT, "%.2f", ratio.getAsDouble());
    if (row.target().isEmpty()) {
      return Optional.of(text);
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s (target %.2f%s)",
            text,
            row.target().getAsDouble(),
            row.reached() ? "" : ", missed"));
  }

  private static Optional<String> notes(Row row) {
    return row.notes().isEmpty()
        ? Optional.empty()
        : Optional.of(
            row.notes().entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", ")));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /**
   * Writes {@code bench.md} and {@code bench.json}.
   *
   * @param machine facts about the machine and the libraries, by name
   */
  public void write(Path directory, Map<String, String> machine) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("bench.md"), markdown(machine));
    Files.writeString(directory.resolve("bench.json"), json(machine));
  }

  private String markdown(Map<String, String> machine) {
    StringBuilder text = new StringBuilder("# Rote beside its peers\n\n");
    machine.forEach(
        (key, value) -> text.append("- ").append(key).append(": ").append(value).append('\n'));
    text.append("\n| benchmark | work | unit | Rote | peers | ratio | notes |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      String peers =
          row.peers().entrySet().stream()
              .map(e -> e.getKey() + " " + number(e.getValue()))
              .collect(Collectors.joining("; "));
      text.append("| ")
          .append(
              String.join(
                  " | ",
                  row.benchmark(),
                  row.subject(),
                  row.unit(),
                  number(row.rote()),
                  peers,
                  ratio(row).orElse(""),
                  notes(row).orElse("")))
          .append(" |\n");
    }
    return text.toString();
  }

  private String json(Map<String, String> machine) {
    JsonObject document = new JsonObject();
    JsonObject facts = new JsonObject();
    machine.forEach(facts::addProperty);
    document.add("machine", facts);
    JsonArray array = new JsonArray();
    for (Row row : rows) {
      JsonObject object = new JsonObject();
      object.addProperty("benchmark", row.benchmark());
      object.addProperty("work", row.subject());
      object.addProperty("unit", row.unit());
      object.addProperty("rote", row.rote());
      JsonObject peers = new JsonObject();
      row.peers().forEach(peers::addProperty);
      object.add("peers", peers);
      row.ratio().ifPresent(ratio -> object.addProperty("ratio", ratio));
      row.target().ifPresent(target -> object.addProperty("target", target));
      object.addProperty("reached", row.reached());
      JsonObject notes = new JsonObject();
      row.notes().forEach(notes::addProperty);
      object.add("notes", notes);
      array.add(object);
    }
    document.add("rows", array);
    return new GsonBuilder().setPrettyPrinting().create().toJson(document) + "\n";
  }
}
