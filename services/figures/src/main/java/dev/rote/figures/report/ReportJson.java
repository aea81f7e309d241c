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
import dev.rote.v1.Figure;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Verdict;
import java.time.Instant;
import java.util.List;

/** The JSON files of a report. */
public final class ReportJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private ReportJson() {}

  /**
   * The judged claims. {@code statistic} is null where a claim is undecided, and {@code undecided}
   * then says why.
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
    root.add("figures", figures);
    return print(root);
  }

  private static JsonObject claim(Verdict verdict) {
    JsonObject claim = new JsonObject();
    claim.addProperty("claim", verdict.getClaim());
    claim.add(
        "statistic",
        Double.isFinite(verdict.getStatistic())
            ? new JsonPrimitive(verdict.getStatistic())
            : JsonNull.INSTANCE);
    claim.addProperty("statistic_name", verdict.getStatisticName());
    claim.addProperty("comparison", verdict.getComparison());
    claim.addProperty("threshold", verdict.getThreshold());
    claim.addProperty("holds", verdict.getHolds());
    if (!verdict.getUndecided().isEmpty()) {
      claim.addProperty("undecided", verdict.getUndecided());
    }
    return claim;
  }

  /** Spec, seeds, versions, backends and times. */
  public static String provenance(Report report) {
    Provenance provenance = report.getProvenance();
    JsonObject root = new JsonObject();
    root.addProperty("sweep_id", report.getSweepId());
    root.addProperty("sweep_name", report.getSweepName());
    root.add("seeds", seeds(parse(provenance)));
    root.addProperty("rote_version", provenance.getRoteVersion());
    root.addProperty("engine_version", provenance.getEngineVersion());
    JsonArray backends = new JsonArray();
    provenance.getBackendsList().forEach(backends::add);
    root.add("backends", backends);
    root.addProperty("java_version", provenance.getJavaVersion());
    root.addProperty("os", provenance.getOs());
    root.add("submitted", time(provenance.hasSubmitted(), provenance.getSubmitted()));
    root.add("reported", time(provenance.hasReported(), provenance.getReported()));
    root.addProperty("training_seconds", provenance.getTrainingSeconds());
    root.addProperty("trials", provenance.getTrials());
    root.add("sweep", parse(provenance));
    return print(root);
  }

  /** The sweep with every default filled in: {@code rote run} takes this file. */
  public static String sweep(Report report) {
    return print(parse(report.getProvenance()));
  }

  private static JsonElement parse(Provenance provenance) {
    return JsonParser.parseString(provenance.getSweepJson());
  }

  /* Repetition r of a cell trains with seed `trial + r`; axes may set other seeds. */
  private static JsonObject seeds(JsonElement sweep) {
    JsonObject seeds = new JsonObject();
    seeds.add("trial", at(sweep, List.of("spec", "trial", "seed")));
    seeds.add("dataset", at(sweep, List.of("spec", "trial", "dataset", "seed")));
    seeds.add("corruption", at(sweep, List.of("spec", "trial", "corruption", "seed")));
    seeds.add("repetitions", at(sweep, List.of("spec", "repetitions")));
    return seeds;
  }

  private static JsonElement at(JsonElement root, List<String> path) {
    JsonElement element = root;
    for (String name : path) {
      if (!element.isJsonObject() || !element.getAsJsonObject().has(name)) {
        return JsonNull.INSTANCE;
      }
      element = element.getAsJsonObject().get(name);
    }
    return element;
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
