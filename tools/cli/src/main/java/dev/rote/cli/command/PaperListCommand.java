package dev.rote.cli.command;

import com.google.gson.JsonObject;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.paper.PaperSweeps;
import dev.rote.cli.paper.PaperSweeps.Size;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.SweepSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote paper list}. */
@Command(
    name = "list",
    aliases = "ls",
    header = "Lists the sweeps of the paper's figures.",
    description = {
      "With the number of trials at the paper's size and at the small one (- where there is none),"
          + " and what each shows. Needs no service."
    })
public final class PaperListCommand implements Callable<Integer> {
  private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)(.*?[.!?])(\\s.*)?");
  private static final int LONGEST_SHOWN = 90;

  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();

  PaperListCommand(Session session) {
    this.session = session;
  }

  /** A figure with its trials at each size that it has. */
  private record Row(String name, String shows, Map<Size, Long> trials) {
    String trials(Size size) {
      return trials.containsKey(size) ? trials.get(size).toString() : "-";
    }

    JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("name", name);
      trials.forEach((size, count) -> json.addProperty(field(size), count));
      json.addProperty("shows", shows);
      return json;
    }

    private static String field(Size size) {
      return switch (size) {
        case FULL -> "trials";
        case SMALL -> "smallTrials";
      };
    }
  }

  @Override
  public Integer call() throws IOException {
    PaperSweeps sweeps = PaperSweeps.of(session.home());
    List<Row> rows = new ArrayList<>();
    for (String name : sweeps.names()) {
      rows.add(row(sweeps, name));
    }
    output.printer(session).list(columns(), rows, Row::json);
    return ExitCodes.OK;
  }

  private static Row row(PaperSweeps sweeps, String name) throws IOException {
    Map<Size, Long> trials = new EnumMap<>(Size.class);
    String description = "";
    for (Size size : Size.values()) {
      Optional<Path> file = sweeps.file(name, size);
      if (file.isPresent()) {
        SweepSpec spec =
            SweepDefaults.fill(SweepFile.readOneOfSeveral(file.get(), List.of()).getSpec());
        trials.put(size, Grid.of(spec).size());
        description = description.isEmpty() ? spec.getDescription() : description;
      }
    }
    return new Row(name, firstSentence(description), trials);
  }

  private static List<Column<Row>> columns() {
    return List.of(
        Column.text("name", Row::name),
        count("trials", Size.FULL),
        count("small_trials", Size.SMALL),
        new Column<>("shows", false, row -> shortened(row.shows()), Row::shows));
  }

  private static Column<Row> count(String name, Size size) {
    return new Column<>(name, true, row -> row.trials(size), row -> row.trials(size));
  }

  static String firstSentence(String text) {
    Matcher matcher = FIRST_SENTENCE.matcher(text);
    return matcher.matches() ? matcher.group(1) : text;
  }

  /* Whole words, so that a line fits a wide terminal. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST_SHOWN) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST_SHOWN - 1);
    return text.substring(0, end > 0 ? end : LONGEST_SHOWN - 1) + "…";
  }
}
