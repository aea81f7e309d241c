package dev.rote.operator.grpc;

import dev.rote.access.Caller;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose the sweeps of a namespace are.
 *
 * @param owners by namespace; a namespace that is not there owns its sweeps itself, under its name
 */
public record NamespaceOwners(Map<String, String> owners) {
  public NamespaceOwners {
    owners = Map.copyOf(owners);
  }

  /**
   * Reads {@code NAMESPACE=OWNER} pairs.
   *
   * @throws IllegalArgumentException when one is none
   */
  public static NamespaceOwners parse(Collection<String> pairs) {
    Map<String, String> owners = new HashMap<>();
    for (String pair : pairs) {
      int sign = pair.indexOf('=');
      String namespace = sign < 0 ? "" : pair.substring(0, sign).strip();
      String owner = pair.substring(sign + 1).strip();
      if (namespace.isEmpty() || !Caller.isName(owner)) {
        throw new IllegalArgumentException(
            "ROTE_OPERATOR_OWNERS must be NAMESPACE=OWNER with commas between, and names of owners "
                + Caller.nameRule()
                + "; was \""
                + pair
                + "\"");
      }
      owners.put(namespace, owner);
    }
    return new NamespaceOwners(owners);
  }

  /** The owner of the sweeps of a namespace. */
  String of(String namespace) {
    return owners.getOrDefault(namespace, namespace);
  }
}
