package dev.rote.operator.crd;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who judges resources. */
interface AdmissionGate {

  /**
   * All that is wrong with a resource: what a rule says after its field, as {@code .spec.axes: must
   * …}; else words that name the field.
   *
   * @param old the resource before, null for a new one
   */
  List<String> violations(Map<String, Object> resource, @Nullable Map<String, Object> old);
}
