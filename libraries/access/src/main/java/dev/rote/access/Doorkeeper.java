package dev.rote.access;

import dev.rote.access.AccessRefused.Reason;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides who is let in. */
public final class Doorkeeper {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");
  private static final String REMEDY =
      "rote and its Python client send the one in ROTE_TOKEN, and find a local stack's by themselves;"
          + " others need the header 'authorization: Bearer KEY' ('rote env' prints a local stack's"
          + " as ROTE_TOKEN)";

  private final Optional<Keyring> keys;
  private final Optional<Tokens> tokens;
  private final Set<Role> anonymous;

  /** One who reads no tokens. */
  public Doorkeeper(Optional<Keyring> keys, Collection<Role> anonymous) {
    this(keys, Optional.empty(), anonymous);
  }

  /**
   * @param keys of those who are let in by name; empty for nobody
   * @param tokens whose holders are let in, too; empty for nobody's
   * @param anonymous roles of whoever shows no key; empty where each must show one
   */
  public Doorkeeper(Optional<Keyring> keys, Optional<Tokens> tokens, Collection<Role> anonymous) {
    this.keys = keys;
    this.tokens = tokens;
    this.anonymous = Set.copyOf(anonymous);
  }

  /**
   * Who calls a method.
   *
   * @param method such as {@code rote.v1.SweepsService/GetSweep}
   * @param authorization the header of that name, null for none
   * @throws AccessRefused when the caller may not
   */
  public Caller admit(String method, @Nullable String authorization) {
    if (MethodRoles.isOpen(method)) {
      return new Caller(Caller.NOBODY, anonymous, "");
    }
    Caller caller = caller(method, authorization);
    Set<Role> wanted = MethodRoles.of(method).orElse(Set.of());
    if (caller.isAny(wanted)) {
      return caller;
    }
    if (authorization == null && (keys.isPresent() || tokens.isPresent())) {
      throw missing(method);
    }
    throw new AccessRefused(
        Reason.ROLE_MISSING,
        "%s is for %s, and %s is %s here: ask for a key of that role whoever keeps the file of keys"
            .formatted(
                method,
                wanted.isEmpty() ? "nobody" : Role.words(wanted),
                caller.name(),
                Role.words(caller.roles())));
  }

  private Caller caller(String method, @Nullable String authorization) {
    if (authorization == null) {
      if (anonymous.isEmpty()) {
        throw missing(method);
      }
      return new Caller(Caller.NOBODY, anonymous, "");
    }
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      throw new AccessRefused(
          Reason.KEY_MISSING, "the header authorization must be 'Bearer KEY': " + REMEDY);
    }
    String shown = bearer.group(1);
    if (tokens.filter(signed -> signed.isOne(shown)).isPresent()) {
      return tokens.get().holder(shown);
    }
    return keys.flatMap(ring -> ring.holder(shown))
        .orElseThrow(
            () ->
                new AccessRefused(
                    Reason.KEY_UNKNOWN,
                    "the key of this call is nobody's here: it was revoked, or is another"
                        + " installation's; "
                        + REMEDY));
  }

  private static AccessRefused missing(String method) {
    return new AccessRefused(
        Reason.KEY_MISSING, method + " asks for a key, and the call has none: " + REMEDY);
  }
}
