package dev.rote.operator.crd;

import dev.rote.operator.resource.SweepResourceStatus.Phase;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The structural schema of {@code status}. */
final class StatusSchema {
  private static final Map<String, Object> NUMBER = ordered("type", "integer", "format", "int64");

  private StatusSchema() {}

  static Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("observedGeneration", NUMBER);
    properties.put(
        "phase",
        ordered("type", "string", "enum", Arrays.stream(Phase.values()).map(Enum::name).toList()));
    properties.put("sweepId", text(253));
    properties.put(
        "counts",
        object(
            numbers(
                "total",
                "pending",
                "running",
                "done",
                "failed",
                "cancelled",
                "reused",
                "diverged")));
    properties.put("trials", text(64));
    properties.put("progress", object(numbers("epochsDone", "epochsTotal", "percent")));
    properties.put("eta", text(32));
    properties.put("submitted", ordered("type", "string", "format", "date-time"));
    properties.put("transitioned", ordered("type", "string", "format", "date-time"));
    properties.put("retries", NUMBER);
    Map<String, Object> failure = numbers("trial");
    failure.put("step", text(64));
    failure.put("reason", text(1_024));
    properties.put("failures", ordered("type", "array", "maxItems", 20, "items", object(failure)));
    properties.put("reportUri", text(2_048));
    properties.put("verdicts", object(numbers("holding", "failing", "undecided")));
    properties.put("claims", text(64));
    properties.put("conditions", conditions());
    return object(properties);
  }

  private static Map<String, Object> conditions() {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", text(316));
    condition.put("status", ordered("type", "string", "enum", List.of("True", "False", "Unknown")));
    condition.put("reason", text(1_024));
    condition.put("message", text(32_768));
    condition.put("lastTransitionTime", ordered("type", "string", "format", "date-time"));
    condition.put("observedGeneration", NUMBER);
    Map<String, Object> item = object(condition);
    item.put("required", List.of("type", "status", "reason", "message", "lastTransitionTime"));
    return ordered(
        "type",
        "array",
        "maxItems",
        16,
        "items",
        item,
        "x-kubernetes-list-type",
        "map",
        "x-kubernetes-list-map-keys",
        List.of("type"));
  }

  private static Map<String, Object> numbers(String... names) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String name : names) {
      properties.put(name, NUMBER);
    }
    return properties;
  }

  private static Map<String, Object> text(int maxLength) {
    return ordered("type", "string", "maxLength", maxLength);
  }

  static Map<String, Object> object(Map<String, Object> properties) {
    return ordered("type", "object", "properties", properties);
  }

  /** Names and values in turn. */
  static Map<String, Object> ordered(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
