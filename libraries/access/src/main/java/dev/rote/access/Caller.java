package dev.rote.access;

import dev.rote.access.AccessRefused.Reason;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** Roles whose sweeps are everybody's: they see and steer all. */
  static final Set<Role> OF_ALL = EnumSet.of(Role.OPERATOR, Role.ADMIN);

  private static final Pattern NAME = Pattern.compile("[\\w.@-]{1,100}");

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Whether a text can be the name of a caller or of a group. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** What a name must be, for messages. */
  public static String nameRule() {
    return "of letters, digits and . @ - _, at most 100";
  }

  /** Whether it sees and steers everybody's sweeps. */
  public boolean ofAll() {
    return isAny(OF_ALL);
  }

  /** Whether one of these roles is its own. */
  boolean isAny(Collection<Role> wanted) {
    return wanted.stream().anyMatch(roles::contains);
  }

  /**
   * Somebody else, for whom this one calls: with the rights of a submitter and of nobody's group.
   * One that may call for others has no more rights under its own name, which may be that of a
   * namespace by chance.
   *
   * @throws AccessRefused when it may call for itself alone
   */
  public Caller inTheNameOf(String other) {
    if (!ofAll()) {
      if (other.equals(name)) {
        return this;
      }
      throw new AccessRefused(
          Reason.NAME_FOREIGN,
          "%s is %s here and calls in its own name alone; in another's do %s: leave the header"
                  .formatted(name, Role.words(roles), Role.words(OF_ALL))
              + " rote-in-the-name-of out");
    }
    if (!isName(other)) {
      throw new AccessRefused(
          Reason.NAME_FOREIGN, "the header rote-in-the-name-of must be " + nameRule());
    }
    return new Caller(other, Set.of(Role.SUBMITTER), "");
  }
}
