package dev.rote.corruption.datasets;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which publishers answer; each host that does not is asked once. */
final class Reachability {
  private final Downloads downloads;
  private final Map<String, String> failures = new TreeMap<>();

  Reachability(Downloads downloads) {
    this.downloads = downloads;
  }

  /** Whether one of the addresses answers. */
  boolean answers(List<URI> addresses) {
    for (URI address : addresses) {
      String host = address.getScheme() + "://" + address.getAuthority();
      if (failures.containsKey(host)) {
        continue;
      }
      String why = downloads.unreachable(address);
      if (why == null) {
        return true;
      }
      failures.put(host, address + ": " + why);
    }
    return false;
  }

  /** Why not, a clause for each host. */
  String failures() {
    return "; could not be fetched from " + String.join("; ", failures.values());
  }
}
