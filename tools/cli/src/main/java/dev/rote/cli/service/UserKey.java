package dev.rote.cli.service;

import dev.rote.cli.Session;
import dev.rote.cli.stack.LocalStack;
import java.nio.file.Path;
import java.util.Optional;

/** The key of whoever runs a command. */
public final class UserKey {
  /** Environment variable that holds it. */
  public static final String VARIABLE = "ROTE_TOKEN";

  private UserKey() {}

  /**
   * The key for an address that was given: the environment's; else that of the local stack, if the
   * address is one of its own, for no other place may see it; else what {@code rote login} kept.
   *
   * @param state directory of the local stack
   */
  public static Optional<String> at(String address, Session session, Path state) {
    String given = session.environment().getOrDefault(VARIABLE, "");
    return given.isBlank()
        ? session
            .stacks()
            .running(state)
            .filter(stack -> stack.addresses().containsValue(address))
            .map(LocalStack::token)
            .orElseGet(() -> SavedToken.read(session))
        : Optional.of(given);
  }
}
