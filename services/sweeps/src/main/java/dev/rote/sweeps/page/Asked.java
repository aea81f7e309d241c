package dev.rote.sweeps.page;

import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.Map;

/** What the address of a request asks for, the first value of each name. */
final class Asked {
  private Asked() {}

  static Map<String, String> of(UriInfo uri) {
    Map<String, String> asked = new HashMap<>();
    uri.getQueryParameters().forEach((name, values) -> asked.put(name, values.get(0)));
    return asked;
  }
}
