package dev.rote.operator.crd;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Value;
import dev.rote.spec.FieldBounds;
import dev.rote.v1.SweepSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The structural schema of {@code spec}: the proto JSON mapping of {@link SweepSpec}, with what it
 * cannot say as rules.
 *
 * <p>An API server takes no definition whose rules could cost too much in the largest resource,
 * which it judges by the bounds of lists. A rule that could be asked too often is said by the
 * schema's own words, which cost nothing there, and whose refusals tell less.
 */
final class SpecSchema {
  /** What steers a sweep; all else says what it is. */
  static final Set<String> MUTABLE =
      Set.of(
          "parallelism",
          "failure_budget",
          "retention",
          "suspend",
          "retry_failed",
          "deletion_policy");

  /**
   * What one rule may cost, as API servers estimate it: {@code StaticEstimatedCostLimit} of
   * k8s.io/apiextensions-apiserver.
   */
  static final long MOST_OF_A_RULE = 10_000_000;

  /** What all rules of a definition may cost: {@code StaticEstimatedCRDCostLimit}. */
  static final long MOST_OF_ALL_RULES = 100_000_000;

  /** More than servers count for a name in a rule of exclusion. */
  static final long COST_OF_A_NAME = 20;

  private final ContractComments comments;
  private final Set<Descriptor> explained = new HashSet<>();

  SpecSchema(ContractComments comments) {
    this.comments = comments;
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = message(SweepSpec.getDescriptor(), 1);
    List<Object> rules = new ArrayList<>(rules(schema));
    rules.add(
        rule(
            "!has(oldSelf.retryFailed) || (has(self.retryFailed) && self.retryFailed >="
                + " oldSelf.retryFailed)",
            "can only be raised: each higher number tries the failed trials once more",
            ".retryFailed"));
    for (FieldDescriptor field : SweepSpec.getDescriptor().getFields()) {
      if (!MUTABLE.contains(field.getName())) {
        String name = field.getJsonName();
        rules.add(
            rule(
                "has(self.%1$s) == has(oldSelf.%1$s) && (!has(self.%1$s) || self.%1$s == oldSelf.%1$s)"
                    .formatted(name),
                "says what the sweep is and cannot change: declare a sweep of another name",
                "." + name));
      }
    }
    schema.put("x-kubernetes-validations", rules);
    return schema;
  }

  @SuppressWarnings("unchecked") // Written by this class alone.
  private static List<Object> rules(Map<String, Object> schema) {
    return (List<Object>) schema.getOrDefault("x-kubernetes-validations", List.of());
  }

  static Map<String, Object> rule(String rule, String message, String fieldPath) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("rule", rule);
    entry.put("message", message);
    if (!fieldPath.isEmpty()) {
      entry.put("fieldPath", fieldPath);
    }
    return entry;
  }

  /**
   * Schema of a message.
   *
   * @param instances how many of it a resource can have
   */
  private Map<String, Object> message(Descriptor type, long instances) {
    boolean first = explained.add(type);
    Map<String, Object> properties = new LinkedHashMap<>();
    for (FieldDescriptor field : type.getFields()) {
      Map<String, Object> schema = new LinkedHashMap<>();
      /* Once per type: the whole definition has to fit into an annotation of kubectl's. */
      if (first && !comments.of(field).isEmpty()) {
        schema.put("description", comments.of(field));
      }
      schema.putAll(field(field, instances));
      properties.put(field.getJsonName(), schema);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    List<Object> rules = new ArrayList<>();
    for (OneofDescriptor oneof : type.getRealOneofs()) {
      if (instances * oneof.getFieldCount() * COST_OF_A_NAME <= MOST_OF_A_RULE) {
        rules.add(oneof(oneof));
      } else if (schema.put("oneOf", alternatives(oneof)) != null) {
        throw new IllegalStateException("two rules that cost too much, of " + type.getName());
      }
    }
    if (type.getName().equals("Axis")) {
      rules.add(
          rule("has(self.points) != has(self.field)", "must have points, or field and values", ""));
    }
    if (!rules.isEmpty()) {
      schema.put("x-kubernetes-validations", rules);
    }
    return schema;
  }

  /** One of the fields, or none of them. */
  private static List<Object> alternatives(OneofDescriptor oneof) {
    List<Object> each = new ArrayList<>();
    for (FieldDescriptor field : oneof.getFields()) {
      each.add(Map.of("required", List.of(field.getJsonName())));
    }
    List<Object> alternatives = new ArrayList<>(each);
    alternatives.add(Map.of("not", Map.of("anyOf", each)));
    return alternatives;
  }

  private static Map<String, Object> oneof(OneofDescriptor oneof) {
    List<String> names = oneof.getFields().stream().map(FieldDescriptor::getJsonName).toList();
    String set = names.stream().map("has(self.%s)"::formatted).collect(Collectors.joining(", "));
    return rule(
        "[" + set + "].filter(set, set).size() <= 1",
        "must have at most one of " + String.join(", ", names),
        "");
  }

  private Map<String, Object> field(FieldDescriptor field, long instances) {
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByName("value");
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "object");
      schema.put("maxProperties", FieldBounds.items(field));
      schema.put("additionalProperties", single(value, instances * FieldBounds.items(field)));
      return schema;
    }
    if (field.isRepeated()) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "array");
      schema.put("maxItems", FieldBounds.items(field));
      schema.put("items", single(field, instances * FieldBounds.items(field)));
      return schema;
    }
    return single(field, instances);
  }

  private Map<String, Object> single(FieldDescriptor field, long instances) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (field.getType()) {
      case BOOL -> schema.put("type", "boolean");
      case STRING -> {
        schema.put("type", "string");
        schema.put("maxLength", FieldBounds.length(field));
      }
      case DOUBLE -> {
        schema.put("type", "number");
        schema.put("format", "double");
      }
      case UINT32 -> {
        long[] range = FieldBounds.range(field);
        schema.put("type", "integer");
        schema.put("format", "int64");
        schema.put("minimum", range[0]);
        schema.put("maximum", range[1]);
      }
      case UINT64 -> schema.putAll(unsigned64());
      case ENUM -> {
        schema.put("type", "string");
        schema.put(
            "enum",
            field.getEnumType().getValues().stream()
                .filter(value -> value.getNumber() != 0)
                .map(EnumValueDescriptor::getName)
                .toList());
      }
      case MESSAGE -> {
        if (field.getMessageType().equals(Value.getDescriptor())) {
          schema.put("x-kubernetes-preserve-unknown-fields", true);
        } else {
          schema.putAll(message(field.getMessageType(), instances));
        }
      }
      default -> throw new IllegalStateException("no schema for " + field.getType() + ": " + field);
    }
    return schema;
  }

  /* JSON numbers of Kubernetes end at 2^63 - 1; as text the whole range can be written. */
  private static Map<String, Object> unsigned64() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("x-kubernetes-int-or-string", true);
    schema.put("anyOf", List.of(Map.of("type", "integer"), Map.of("type", "string")));
    schema.put("minimum", 0L);
    schema.put("maxLength", 20);
    schema.put("pattern", "^[0-9]+$");
    return schema;
  }
}
