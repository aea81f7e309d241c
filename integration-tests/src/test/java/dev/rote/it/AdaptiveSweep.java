package dev.rote.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.testkit.Laboratory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sweeps that repeat until their claims are judged: some at once, one when more is known. */
final class AdaptiveSweep {
  /** Repetitions of the last look. */
  static final int AT_MOST = 12;

  /** A little below what real inputs reach: three repetitions do not tell. */
  private static final double THRESHOLD = 0.4;

  private AdaptiveSweep() {}

  /** Random inputs are judged at the first look, and real ones need a closer one. */
  static String named(String name, long seed) {
    return text(name, seed, "repeat: {until: DECIDED, looks: [3, 5, 8, 12]}");
  }

  /** All that the adaptive one may come to run, and no looks. */
  static String fixed(String name, long seed) {
    return text(name, seed, "repetitions: " + AT_MOST);
  }

  private static String text(String name, long seed, String repetitions) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata:
      name: %1$s
    spec:
      trial:
        dataset: {name: strokes, trainSize: 400, validationSize: 200}
        model: {mlp: {hidden: [32]}}
        optimizer: {learningRate: 0.1, momentum: 0.9}
        training: {epochs: 3, batchSize: 32}
        seed: %2$d
      axes:
      - name: data
        points:
        - label: real
        - label: randX
          set: {corruption: {inputs: {rule: GAUSSIAN}}}
      %3$s
      measurements:
      - name: errors
        exampleErrors: {examples: {count: 100}}
        finalOnly: true
      figures:
      - name: accuracy
        title: Accuracy over training
        panels:
        - title: Training and validation
          curves: {metrics: [{kind: TRAIN_ACCURACY}, {kind: VALIDATION_ACCURACY}]}
        - title: Difficulty
          difficulty: {measurement: errors, binomialOf: randX}
        claims:
        - claim: Training on random inputs ends below 2.
          value: {metric: {kind: TRAIN_ACCURACY}, label: randX}
          comparison: AT_MOST
          threshold: 2
        - claim: Training on real data ends above 2, which cannot be.
          value: {metric: {kind: TRAIN_ACCURACY}, label: real}
          threshold: 2
        - claim: On real data the validation accuracy ends above %4$s.
          value: {metric: {kind: VALIDATION_ACCURACY}, label: real}
          threshold: %4$s
    """
        .formatted(name, seed, repetitions, THRESHOLD);
  }

  /** The judged claims of a sweep's report. */
  static JsonArray claims(Laboratory laboratory, String sweepId) {
    JsonObject verdicts = JsonParser.parseString(verdicts(laboratory, sweepId)).getAsJsonObject();
    return verdicts.getAsJsonArray("figures").get(0).getAsJsonObject().getAsJsonArray("claims");
  }

  private static String verdicts(Laboratory laboratory, String sweepId) {
    return new String(laboratory.reportFile(sweepId, "verdicts.json"), StandardCharsets.UTF_8);
  }

  /** What a sweep found, by file: {@code verdicts.json} and the tables of its report. */
  static Map<String, String> files(Laboratory laboratory, String sweepId) {
    Map<String, String> files = new TreeMap<>();
    files.put("verdicts.json", verdicts(laboratory, sweepId));
    String report = ArtifactKeys.report(sweepId);
    for (String key : laboratory.store().list(report + "tables/", "", 100)) {
      files.put(key, new String(laboratory.store().get(key), StandardCharsets.UTF_8));
    }
    return files;
  }

  /** Repetitions at each look that a claim had. */
  static List<Integer> looks(JsonObject claim) {
    List<Integer> looks = new ArrayList<>();
    claim
        .getAsJsonArray("looks")
        .forEach(look -> looks.add(look.getAsJsonObject().get("repetitions").getAsInt()));
    return looks;
  }
}
