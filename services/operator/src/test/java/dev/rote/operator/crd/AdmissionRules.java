package dev.rote.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges resources by a committed definition as an API server does that is told to be strict:
 * schema, fields it does not know, and rules in the Common Expression Language.
 */
public final class AdmissionRules implements AdmissionGate {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .setResultType(SimpleType.BOOL)
          .build();
  private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
  private final Map<String, CelRuntime.Program> programs = new HashMap<>();
  private final Map<String, Object> schema;
  private final JsonSchema structure;

  private AdmissionRules(Map<String, Object> schema) {
    this.schema = schema;
    this.structure =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(JSON.<JsonNode>valueToTree(closed(schema)));
  }

  /** Of the first version of a definition's file. */
  public static AdmissionRules read(Path definition) throws IOException {
    Map<String, Object> tree = ClusterYaml.reader().load(Files.readString(definition));
    Map<String, Object> version = map(list(map(tree.get("spec")).get("versions")).get(0));
    return new AdmissionRules(map(map(version.get("schema")).get("openAPIV3Schema")));
  }

  /** Of sweeps. */
  public static AdmissionRules ofSweeps() throws IOException {
    return read(SweepDefinition.COMMITTED);
  }

  @Override
  public List<String> violations(Map<String, Object> resource, @Nullable Map<String, Object> old) {
    List<String> violations = new ArrayList<>();
    structure
        .validate(JSON.<JsonNode>valueToTree(resource))
        .forEach(message -> violations.add(message.getMessage()));
    if (violations.isEmpty()) {
      rules(schema, resource, old, "", violations);
    }
    return violations;
  }

  private void rules(
      Map<String, Object> schema,
      Object value,
      @Nullable Object old,
      String path,
      List<String> violations) {
    for (Object entry : (List<?>) schema.getOrDefault("x-kubernetes-validations", List.of())) {
      Map<String, Object> rule = map(entry);
      String text = String.valueOf(rule.get("rule"));
      boolean transition = text.contains("oldSelf");
      if ((!transition || old != null) && !holds(text, value, old == null ? value : old)) {
        violations.add(path + rule.getOrDefault("fieldPath", "") + ": " + rule.get("message"));
      }
    }
    if (value instanceof Map<?, ?> && schema.get("properties") != null) {
      Map<String, Object> before = old == null ? Map.of() : map(old);
      Map<String, Object> properties = map(schema.get("properties"));
      map(value)
          .forEach(
              (name, field) -> {
                if (properties.containsKey(name)) {
                  rules(
                      map(properties.get(name)),
                      field,
                      before.get(name),
                      path + "." + name,
                      violations);
                }
              });
    } else if (value instanceof List<?> list && schema.get("items") != null) {
      /* Items of plain lists have no counterpart before. */
      for (int i = 0; i < list.size(); i++) {
        rules(map(schema.get("items")), list.get(i), null, path + "[" + i + "]", violations);
      }
    }
  }

  private boolean holds(String rule, Object self, Object oldSelf) {
    try {
      CelRuntime.Program program = programs.get(rule);
      if (program == null) {
        program = runtime.createProgram(compiler.compile(rule).getAst());
        programs.put(rule, program);
      }
      return (Boolean) program.eval(Map.of("self", longs(self), "oldSelf", longs(oldSelf)));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("rule " + rule, e);
    }
  }

  /* CEL knows 64-bit numbers alone. */
  private static Object longs(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, longs(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AdmissionRules::longs).toList();
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /* A strict server refuses fields that a schema does not name. */
  private static Object closed(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(AdmissionRules::closed).toList();
    }
    if (!(node instanceof Map<?, ?>)) {
      return node;
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map(node).forEach((key, value) -> copy.put(key, closed(value)));
    if (copy.get("properties") instanceof Map && "object".equals(copy.get("type"))) {
      copy.putIfAbsent("additionalProperties", false);
    }
    return copy;
  }

  private static List<?> list(@Nullable Object node) {
    return (List<?>) Objects.requireNonNull(node);
  }

  @SuppressWarnings("unchecked") // YAML of mappings keyed by words.
  private static Map<String, Object> map(@Nullable Object node) {
    return (Map<String, Object>) Objects.requireNonNull(node);
  }
}
