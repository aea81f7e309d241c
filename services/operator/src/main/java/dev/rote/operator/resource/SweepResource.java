package dev.rote.operator.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A sweep as a Kubernetes resource. Its spec stays JSON: its one schema is the contract's. */
@Group("rote.dev")
@Version("v1")
@Kind("Sweep")
@Plural("sweeps")
@Singular("sweep")
public class SweepResource extends CustomResource<ObjectNode, SweepResourceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings("NullAway") // A resource is read before it has either.
  protected @Nullable ObjectNode initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway")
  protected @Nullable SweepResourceStatus initStatus() {
    return null;
  }
}
