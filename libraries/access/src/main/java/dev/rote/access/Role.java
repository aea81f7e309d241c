package dev.rote.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller is let in for. */
public enum Role {
  /** Reads sweeps and results. */
  VIEWER,
  /** Reads, submits and steers sweeps, and asks the services for work of its own. */
  SUBMITTER,
  /** Claims work and renews its leases; asks for the variants that it needs. */
  WORKER,
  /** Submits, reads and steers what a cluster declares. */
  OPERATOR,
  /** Everything. */
  ADMIN;

  /** As it is written in files and messages, such as {@code viewer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads words with commas between them.
   *
   * @throws IllegalArgumentException when one is no role, or there is none
   */
  public static Set<Role> parse(String words) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words.split(",", -1)) {
      roles.add(
          Arrays.stream(values())
              .filter(role -> role.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "roles are " + words(Set.of(values())) + ", not \"" + word + "\"")));
    }
    return roles;
  }

  /** As {@code viewer, worker}, in the order of the roles. */
  public static String words(Collection<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
  }
}
