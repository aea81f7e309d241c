package dev.rote.access;

import java.util.Set;

/**
 * Whose a sweep is: the one place that decides who may do what with it for that, once the method is
 * let in by role.
 *
 * @param owner who submitted it first; empty for one from before sweeps had owners, which is
 *     everybody's
 * @param group whose members may do with it what its owner may; empty for none
 * @param readers who submitted the same sweep after its owner
 */
public record Ownership(String owner, String group, Set<String> readers) {
  public Ownership {
    readers = Set.copyOf(readers);
  }

  /** Whether a caller may see the sweep and its results. */
  public boolean mayRead(Caller caller) {
    return maySteer(caller) || readers.contains(caller.name());
  }

  /** Whether a caller may pause, resume, cancel and retry it, and change how it runs. */
  public boolean maySteer(Caller caller) {
    return owner.isEmpty()
        || caller.ofAll()
        || owner.equals(caller.name())
        || (!group.isEmpty() && group.equals(caller.group()));
  }
}
