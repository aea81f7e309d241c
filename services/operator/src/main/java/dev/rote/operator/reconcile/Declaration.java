package dev.rote.operator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rote.operator.resource.SweepResource;
import dev.rote.spec.OwnContent;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepMetadata;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepSpec.DeletionPolicy;
import java.util.Map;

/** The sweep that a resource declares. */
final class Declaration {
  /** Names the group that shares the sweep. */
  private static final String GROUP = "rote.dev/group";

  private Declaration() {}

  /**
   * Reads the spec as all doors do. What a resource does not say of {@code suspend} it says, too: a
   * line that is taken out no longer holds the sweep.
   *
   * @throws SpecException where the spec is not of the contract
   */
  static Sweep of(SweepResource resource) {
    ObjectNode spec = resource.getSpec();
    Sweep.Builder sweep =
        SweepFiles.parseGenerated(
            "{\"spec\": " + (spec == null ? "null" : spec.toString()) + "}",
            "the resource " + resource.getMetadata().getName())
            .toBuilder();
    SweepMetadata.Builder metadata =
        SweepMetadata.newBuilder()
            .setName(resource.getMetadata().getName())
            .setNamespace(resource.getMetadata().getNamespace());
    /* Of the annotations, which are other tools' too, what doors read. */
    String group = annotations(resource).get(GROUP);
    if (group != null) {
      metadata.putAnnotations(GROUP, group);
    }
    sweep.setApiVersion(SweepFiles.API_VERSION).setKind(SweepFiles.KIND).setMetadata(metadata);
    if (sweep.hasSpec() && !sweep.getSpec().hasSuspend()) {
      sweep.getSpecBuilder().setSuspend(false);
    }
    return sweep.build();
  }

  private static Map<String, String> annotations(SweepResource resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  /** Whether the sweep outlives the resource. */
  static boolean retained(Sweep sweep) {
    return sweep.getSpec().getDeletionPolicy() == DeletionPolicy.RETAIN;
  }

  /** Whether nothing has to be read to know which sweep it is. */
  static boolean isWhole(Sweep sweep) {
    return OwnContent.unwritten(SweepDefaults.fill(sweep.getSpec())).isEmpty();
  }

  /** The sweep with what the files of another one held when that one was taken in. */
  static Sweep withContentOf(Sweep sweep, Sweep other) {
    SweepSpec filled = SweepDefaults.fill(sweep.getSpec());
    return sweep.toBuilder()
        .setSpec(OwnContent.write(filled, OwnContent.written(other.getSpec())))
        .build();
  }
}
