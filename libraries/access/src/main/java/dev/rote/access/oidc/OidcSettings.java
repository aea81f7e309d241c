package dev.rote.access.oidc;

import dev.rote.access.Caller;
import dev.rote.access.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens are let in, and what of them says who it is.
 *
 * @param issuer as tokens name it; its configuration lies below {@code .well-known}
 * @param audience that tokens must be for
 * @param keys where the issuer's keys are; empty: where its configuration says
 * @param authority file of the certificates that the issuer's is checked by, PEM; empty: those of
 *     the JVM
 * @param claims which of a token's claims say what
 * @param roles by what the claim of roles has
 * @param groups by what the claim of groups has; empty: as it has them
 */
public record OidcSettings(
    URI issuer,
    String audience,
    Optional<URI> keys,
    Optional<Path> authority,
    Claims claims,
    Map<String, Set<Role>> roles,
    Map<String, String> groups) {

  /**
   * Names of claims; dots lead into objects, as {@code realm_access.roles}.
   *
   * @param name of the caller
   * @param roles a text, or a list of such
   * @param groups the same; the first that is known counts
   */
  public record Claims(String name, String roles, String groups) {}

  /**
   * @throws IllegalArgumentException when an address is not of HTTPS
   */
  public OidcSettings {
    requireHttps("ROTE_ACCESS_OIDC_ISSUER", issuer);
    keys.ifPresent(uri -> requireHttps("ROTE_ACCESS_OIDC_KEYS", uri));
    roles = Map.copyOf(roles);
    groups = Map.copyOf(groups);
  }

  private static void requireHttps(String setting, URI address) {
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException(
          setting + " must be an address of https://, was \"" + address + "\"");
    }
  }

  /**
   * Reads {@code VALUE=ROLE} pairs; without any, a value is the word of its role.
   *
   * @throws IllegalArgumentException when one is none
   */
  public static Map<String, Set<Role>> roles(Collection<String> pairs) {
    Map<String, Set<Role>> roles = new HashMap<>();
    if (pairs.isEmpty()) {
      for (Role role : Role.values()) {
        roles.put(role.word(), EnumSet.of(role));
      }
    }
    for (String pair : pairs) {
      String[] sides = sides("ROTE_ACCESS_OIDC_ROLES", pair);
      roles.computeIfAbsent(sides[0], value -> new HashSet<>()).addAll(Role.parse(sides[1]));
    }
    return roles;
  }

  /**
   * Reads {@code VALUE=GROUP} pairs.
   *
   * @throws IllegalArgumentException when one is none
   */
  public static Map<String, String> groups(Collection<String> pairs) {
    Map<String, String> groups = new HashMap<>();
    for (String pair : pairs) {
      String[] sides = sides("ROTE_ACCESS_OIDC_GROUPS", pair);
      if (!Caller.isName(sides[1])) {
        throw new IllegalArgumentException(
            "ROTE_ACCESS_OIDC_GROUPS: groups must be "
                + Caller.nameRule()
                + ", not \""
                + sides[1]
                + "\"");
      }
      groups.put(sides[0], sides[1]);
    }
    return groups;
  }

  private static String[] sides(String setting, String pair) {
    int sign = pair.lastIndexOf('=');
    if (sign < 1 || sign == pair.length() - 1) {
      throw new IllegalArgumentException(
          setting + " must be VALUE=NAME with commas between, was \"" + pair + "\"");
    }
    return new String[] {pair.substring(0, sign).strip(), pair.substring(sign + 1).strip()};
  }
}
