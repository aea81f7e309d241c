package dev.rote.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.rote.spec.FieldBounds;
import dev.rote.spec.Ids;
import dev.rote.v1.FailureBudget;
import dev.rote.v1.Retention;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepMetadata;
import dev.rote.v1.SweepSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The committed definition. To write it anew: {@code ./mvnw -pl services/operator -am test
 * -Dtest=SweepDefinitionTest -Drote.write-crd=true -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SweepDefinitionTest {
  /** What kubectl's client-side apply can keep in its annotation. */
  private static final int LARGEST_ANNOTATION = 262_144;

  @Test
  void committed_definition_isWhatTheContractsSay() throws IOException {
    String generated = SweepDefinition.yaml(SweepDefinition.generate());
    if (Boolean.getBoolean("rote.write-crd")) {
      Files.createDirectories(SweepDefinition.COMMITTED.getParent());
      Files.writeString(SweepDefinition.COMMITTED, generated);
    }
    assertThat(SweepDefinition.COMMITTED)
        .as("generate it again, see the first line of the file")
        .content()
        .isEqualTo(generated);
  }

  @Test
  void definition_asJson_fitsIntoKubectlsAnnotation() throws IOException {
    assertThat(
            Serialization.asJson(SweepDefinition.generate())
                .getBytes(StandardCharsets.UTF_8)
                .length)
        .isLessThan(LARGEST_ANNOTATION);
  }

  @Test
  void schema_everyListMapAndString_isBounded() throws IOException {
    List<String> unbounded = new ArrayList<>();
    bounded(SweepDefinition.generate(), "", unbounded);
    assertThat(unbounded).isEmpty();
  }

  @SuppressWarnings("unchecked") // YAML that was just made.
  private static void bounded(Object node, String path, List<String> unbounded) {
    if (node instanceof List<?> list) {
      list.forEach(item -> bounded(item, path + "[]", unbounded));
    } else if (node instanceof Map<?, ?> map) {
      boolean schema = path.contains("openAPIV3Schema") && map.get("type") instanceof String;
      boolean free =
          "string".equals(map.get("type"))
              && !map.containsKey("maxLength")
              && !map.containsKey("enum")
              && !map.containsKey("format");
      boolean list = "array".equals(map.get("type")) && !map.containsKey("maxItems");
      boolean table = map.containsKey("additionalProperties") && !map.containsKey("maxProperties");
      /* Their own rules bound these. */
      boolean root = path.endsWith("apiVersion") || path.endsWith("kind") || path.endsWith("[]");
      if (schema && (list || table || (free && !(root && !map.containsKey("items"))))) {
        unbounded.add(path);
      }
      ((Map<String, Object>) map)
          .forEach((key, value) -> bounded(value, path + "." + key, unbounded));
    }
  }

  /** Or else an API server does not install it. */
  @Test
  void rules_togetherAndEachAlone_costNoMoreThanServersTake() throws IOException {
    List<Long> costs = new ArrayList<>();
    costs(SweepDefinition.generate(), 1, costs);
    assertThat(costs).hasSizeGreaterThan(10).allMatch(cost -> cost <= SpecSchema.MOST_OF_A_RULE);
    assertThat(costs.stream().mapToLong(cost -> cost).sum())
        .isLessThan(SpecSchema.MOST_OF_ALL_RULES);
  }

  private static void costs(Object node, long instances, List<Long> costs) {
    if (node instanceof List<?> list) {
      list.forEach(item -> costs(item, instances, costs));
    } else if (node instanceof Map<?, ?> map) {
      if (map.get("rule") instanceof String rule) {
        costs.add(instances * (rule.split("has\\(", -1).length - 1) * SpecSchema.COST_OF_A_NAME);
      }
      long items = 1;
      for (String bound : List.of("maxItems", "maxProperties")) {
        items *= map.get(bound) instanceof Number most ? most.longValue() : 1;
      }
      for (Object child : map.values()) {
        costs(child, instances * items, costs);
      }
    }
  }

  @Test
  void bounds_everyOne_isOfAFieldThatIsThere() {
    Set<String> fields = new TreeSet<>();
    collect(Sweep.getDescriptor(), fields);
    assertThat(fields).containsAll(FieldBounds.named());
  }

  private static void collect(Descriptor type, Set<String> fields) {
    for (FieldDescriptor field : type.getFields()) {
      fields.add(type.getName() + "." + field.getName());
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && field.getMessageType().getFile().getPackage().equals("rote.v1")) {
        collect(field.getMessageType(), fields);
      }
    }
  }

  @Test
  void mutable_fields_areThoseThatDoNotCountForIdentity() {
    SweepSpec.Builder spec = SweepSpec.newBuilder();
    Sweep.Builder sweep =
        Sweep.newBuilder().setMetadata(SweepMetadata.newBuilder().setName("s")).setSpec(spec);
    String id = Ids.sweepId(sweep.build()).value();
    sweep
        .getSpecBuilder()
        .setParallelism(3)
        .setFailureBudget(FailureBudget.newBuilder().setAttempts(9))
        .setRetention(Retention.newBuilder().setCheckpoints(Retention.Checkpoints.NONE))
        .setSuspend(true)
        .setRetryFailed(4)
        .setDeletionPolicy(SweepSpec.DeletionPolicy.RETAIN);
    assertThat(Ids.sweepId(sweep.build()).value()).isEqualTo(id);
    assertThat(sweep.getSpec().getAllFields().keySet())
        .extracting(FieldDescriptor::getName)
        .containsExactlyInAnyOrderElementsOf(SpecSchema.MUTABLE);
    sweep.getSpecBuilder().setRepetitions(7);
    assertThat(Ids.sweepId(sweep.build()).value()).isNotEqualTo(id);
  }
}
