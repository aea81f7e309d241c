package dev.rote.figures.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Timestamp;
import dev.rote.spec.FilledSweep;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.Coverage;
import dev.rote.v1.Figure;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.Verdict;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The JSON files of a report. */
public final class ReportJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private ReportJson() {}

  /**
   * The judged claims. {@code verdict} is {@code holds}, {@code does not hold} or {@code
   * undecided}; {@code holds} is true for the first alone. {@code statistic} is null where a claim
   * is undecided, and {@code undecided} then says why. {@code partial} says that trials have not
   * ended, and {@code coverage} what became of all of them; {@code done} includes those that {@code
   * diverged}. {@code looks} are those of a sweep that repeats until judged, each with the ends of
   * its repeated interval (null: without an end), the level that this has by itself, and the
   * probability that the claim would be decided (null: nothing is said of it).
   */
  public static String verdicts(Report report) {
    JsonArray figures = new JsonArray();
    for (Figure figure : report.getFiguresList()) {
      JsonArray claims = new JsonArray();
      figure.getVerdictsList().forEach(verdict -> claims.add(claim(verdict)));
      JsonObject object = new JsonObject();
      object.addProperty("figure", figure.getName());
      object.add("claims", claims);
      figures.add(object);
    }
    JsonObject root = new JsonObject();
    root.addProperty("sweep", report.getSweepName());
    root.addProperty("partial", CoverageWords.isPartial(report.getCoverage()));
    root.add("coverage", coverage(report.getCoverage()));
    root.add("figures", figures);
    return print(root);
  }

  private static JsonObject coverage(Coverage coverage) {
    JsonObject object = new JsonObject();
    object.addProperty("trials", coverage.getCells());
    object.addProperty("done", coverage.getDone());
    object.addProperty("diverged", coverage.getDiverged());
    object.addProperty("failed", coverage.getFailed());
    object.addProperty("cancelled", coverage.getCancelled());
    object.addProperty("unfinished", coverage.getUnfinished());
    return object;
  }

  private static JsonObject claim(Verdict verdict) {
    JsonObject claim = new JsonObject();
    claim.addProperty("claim", verdict.getClaim());
    claim.add("statistic", number(verdict.getStatistic()));
    claim.addProperty("statistic_name", verdict.getStatisticName());
    claim.addProperty("comparison", verdict.getComparison());
    claim.addProperty("threshold", verdict.getThreshold());
    claim.addProperty("verdict", Outcome.of(verdict).words());
    claim.addProperty("holds", verdict.getHolds());
    if (!verdict.getUndecided().isEmpty()) {
      claim.addProperty("undecided", verdict.getUndecided());
    }
    if (verdict.getLooksCount() > 0) {
      JsonArray looks = new JsonArray();
      verdict.getLooksList().forEach(look -> looks.add(look(look)));
      claim.add("looks", looks);
    }
    return claim;
  }

  private static JsonObject look(ClaimLook look) {
    JsonObject object = new JsonObject();
    object.addProperty("repetitions", look.getRepetitions());
    object.add("statistic", number(look.getStatistic()));
    object.add("low", number(look.getLow()));
    object.add("high", number(look.getHigh()));
    object.add("level", number(look.getLevel()));
    object.addProperty("decision", look.getDecision().name().toLowerCase(Locale.ROOT));
    object.add("power", number(look.getPower()));
    if (!look.getReason().isEmpty()) {
      object.addProperty("reason", look.getReason());
    }
    return object;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  /**
   * Spec, seeds, versions, backends and times. The seeds are those of the first repetition of all
   * cells; repetition r adds r to the trial's seed, and to the corruption's if it is redrawn.
   */
  public static String provenance(Report report) {
    Provenance provenance = report.getProvenance();
    JsonObject root = new JsonObject();
    root.addProperty("sweep_id", report.getSweepId());
    root.addProperty("sweep_name", report.getSweepName());
    root.addProperty("partial", CoverageWords.isPartial(report.getCoverage()));
    root.add("coverage", coverage(report.getCoverage()));
    root.add("seeds", seeds(provenance));
    JsonObject ownFiles = new JsonObject();
    new TreeMap<>(provenance.getOwnFilesMap()).forEach(ownFiles::addProperty);
    root.add("own_files", ownFiles);
    root.addProperty("rote_version", provenance.getRoteVersion());
    root.addProperty("engine_version", provenance.getEngineVersion());
    JsonArray backends = new JsonArray();
    provenance.getBackendsList().forEach(backends::add);
    root.add("backends", backends);
    if (!provenance.getNumerics().isEmpty()) {
      root.addProperty("numerics", provenance.getNumerics());
    }
    root.addProperty("java_version", provenance.getJavaVersion());
    root.addProperty("os", provenance.getOs());
    root.add("submitted", time(provenance.hasSubmitted(), provenance.getSubmitted()));
    root.add("reported", time(provenance.hasReported(), provenance.getReported()));
    root.addProperty("training_seconds", provenance.getTrainingSeconds());
    root.addProperty("trials", provenance.getTrials());
    root.add("sweep", filled(provenance));
    return print(root);
  }

  /** The sweep as it was submitted, with the same id: {@code rote run} takes this file. */
  public static String sweep(Report report) {
    return print(parse(report.getProvenance()));
  }

  /** The sweep with every default written out. Its id is another, its trials are the same. */
  public static String filledSweep(Report report) {
    return print(filled(report.getProvenance()));
  }

  private static JsonElement filled(Provenance provenance) {
    return provenance.getSweepJson().isEmpty()
        ? JsonNull.INSTANCE
        : JsonParser.parseString(SweepFiles.toJson(FilledSweep.of(sweep(provenance))));
  }

  private static Sweep sweep(Provenance provenance) {
    return SweepFiles.parse(provenance.getSweepJson(), "sweep.json");
  }

  private static JsonElement parse(Provenance provenance) {
    return JsonParser.parseString(provenance.getSweepJson());
  }

  private static JsonElement seeds(Provenance provenance) {
    if (provenance.getSweepJson().isEmpty()) {
      return JsonNull.INSTANCE;
    }
    SweepSpec spec = sweep(provenance).getSpec();
    Grid grid = Grid.of(spec);
    int repetitions = SweepDefaults.fill(spec).getRepetitions();
    SortedSet<BigInteger> trial = new TreeSet<>();
    SortedSet<BigInteger> dataset = new TreeSet<>();
    SortedSet<BigInteger> corruption = new TreeSet<>();
    for (long point = 0; point < grid.points(); point++) {
      TrialSpec cell = grid.cell(grid.first(point)).trial();
      trial.add(unsigned(cell.getSeed()));
      dataset.add(unsigned(cell.getDataset().getSeed()));
      if (cell.hasCorruption()) {
        corruption.add(unsigned(cell.getCorruption().getSeed()));
      }
    }
    JsonObject seeds = new JsonObject();
    seeds.add("trial", array(trial));
    seeds.add("dataset", array(dataset));
    seeds.add("corruption", array(corruption));
    seeds.addProperty("repetitions", repetitions);
    seeds.addProperty("redraw_corruption", spec.getRedrawCorruption());
    return seeds;
  }

  private static BigInteger unsigned(long seed) {
    return new BigInteger(Long.toUnsignedString(seed));
  }

  private static JsonArray array(SortedSet<BigInteger> seeds) {
    JsonArray array = new JsonArray();
    seeds.forEach(array::add);
    return array;
  }

  private static JsonElement time(boolean isKnown, Timestamp time) {
    return isKnown
        ? new JsonPrimitive(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString())
        : JsonNull.INSTANCE;
  }

  private static String print(JsonElement element) {
    return GSON.toJson(element) + "\n";
  }
}
