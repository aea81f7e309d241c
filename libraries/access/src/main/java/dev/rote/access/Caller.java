package dev.rote.access;

import java.util.Collection;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name of a person or a program, {@link #NOBODY} for one that showed no key
 * @param roles that it is let in for, at least one
 * @param group whose sweeps it shares; empty for none
 */
public record Caller(String name, Set<Role> roles, String group) {
  /** Name of whoever shows no key. */
  public static final String NOBODY = "anonymous";

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Whether one of these roles is its own. */
  boolean isAny(Collection<Role> wanted) {
    return wanted.stream().anyMatch(roles::contains);
  }
}
