package dev.rote.operator.crd;

import static dev.rote.operator.crd.StatusSchema.ordered;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;

/** The {@code CustomResourceDefinition} of sweeps. */
final class SweepDefinition {
  static final Path COMMITTED = Path.of("..", "..", "k8s", "base", "crd", "sweeps.rote.dev.yaml");
  private static final Path CONTRACTS = Path.of("..", "..", "proto", "target", "contracts.binpb");

  private SweepDefinition() {}

  static Map<String, Object> generate() throws IOException {
    Map<String, Object> schema =
        StatusSchema.object(
            ordered(
                "apiVersion", Map.of("type", "string"),
                "kind", Map.of("type", "string"),
                "metadata", Map.of("type", "object"),
                "spec", new SpecSchema(ContractComments.read(CONTRACTS)).schema(),
                "status", StatusSchema.schema()));
    schema.put("description", "A declared study of how neural networks memorize.");
    schema.put("required", List.of("spec"));
    schema.put(
        "x-kubernetes-validations",
        List.of(
            SpecSchema.rule(
                "size(self.metadata.name) <= 53 && !self.metadata.name.contains('.')",
                "metadata.name must have at most 53 lower-case letters, digits and hyphens",
                "")));
    Map<String, Object> version =
        ordered(
            "name",
            "v1",
            "served",
            true,
            "storage",
            true,
            "subresources",
            Map.of("status", Map.of()),
            "additionalPrinterColumns",
            columns(),
            "schema",
            Map.of("openAPIV3Schema", schema));
    return ordered(
        "apiVersion",
        "apiextensions.k8s.io/v1",
        "kind",
        "CustomResourceDefinition",
        "metadata",
        Map.of("name", "sweeps.rote.dev"),
        "spec",
        ordered(
            "group",
            "rote.dev",
            "names",
            ordered(
                "kind", "Sweep",
                "listKind", "SweepList",
                "plural", "sweeps",
                "singular", "sweep",
                "categories", List.of("rote")),
            "scope",
            "Namespaced",
            "versions",
            List.of(version)));
  }

  private static List<Object> columns() {
    return List.of(
        column("Phase", "string", ".status.phase", 0),
        column("Trials", "string", ".status.trials", 0),
        column("Percent", "integer", ".status.progress.percent", 0),
        column("ETA", "string", ".status.eta", 0),
        column("Failed", "integer", ".status.counts.failed", 0),
        column("Diverged", "integer", ".status.counts.diverged", 0),
        column("Claims", "string", ".status.claims", 0),
        column("Age", "date", ".metadata.creationTimestamp", 0),
        column("Parallelism", "integer", ".spec.parallelism", 1),
        column("Admitted", "string", ".status.conditions[?(@.type==\"Admitted\")].reason", 1),
        column("Report", "string", ".status.reportUri", 1));
  }

  private static Map<String, Object> column(
      String name, String type, String jsonPath, int priority) {
    Map<String, Object> column = ordered("name", name, "type", type, "jsonPath", jsonPath);
    if (priority > 0) {
      column.put("priority", priority);
    }
    return column;
  }

  static String yaml(Map<String, Object> definition) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    options.setWidth(120);
    options.setDereferenceAliases(true);
    return "# Generated from proto/: ./mvnw -pl services/operator -am test"
        + " -Dtest=SweepDefinitionTest -Drote.write-crd=true\n"
        + ClusterYaml.with(options).dump(definition);
  }
}
