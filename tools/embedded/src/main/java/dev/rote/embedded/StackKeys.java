package dev.rote.embedded;

import dev.rote.access.KeyHash;
import dev.rote.access.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * The keys of a stack: its users', with which all may be done, and those of its services, made of
 * it.
 *
 * @param token the users'
 */
record StackKeys(String token) {
  private static final String FILE = "access.keys";

  /** The stack's user, as Kafka knows it. */
  static final String OWNER = "rote";

  private static final String PAGE = "page";
  private static final String WORKFLOW = "workflow";
  private static final String WORKER = "worker";
  private static final String SWEEPS = "sweeps";

  /** The key that a service shows to the others. */
  String of(Part part) {
    return KeyHash.derived(token, name(part));
  }

  /** The secret by which the log's records are proved: the sweeps service's alone. */
  String workflow() {
    return KeyHash.derived(token, WORKFLOW);
  }

  /** The name under which a service asks for the others. */
  static String name(Part part) {
    return part == Part.SWEEPS ? SWEEPS : WORKER;
  }

  /** Who may ask Kafka: passwords by name; nobody is asked without a token. */
  static Map<String, String> users(Optional<String> token) {
    return token
        .map(StackKeys::new)
        .map(
            keys ->
                Map.of(
                    OWNER,
                    keys.token(),
                    SWEEPS,
                    keys.of(Part.SWEEPS),
                    WORKER,
                    keys.of(Part.TRAINER)))
        .orElse(Map.of());
  }

  /** Settings of a client of the stack's Kafka. */
  static Map<String, Object> client(String kafka, Optional<String> token) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", kafka);
    token.ifPresent(
        password -> {
          settings.put("security.protocol", "SASL_PLAINTEXT");
          settings.put("sasl.mechanism", "PLAIN");
          settings.put(
              "sasl.jaas.config",
              "%s required username=\"%s\" password=\"%s\";"
                  .formatted(PlainLoginModule.class.getName(), OWNER, password));
        });
    return settings;
  }

  /** The key that a browser gets: it stands in an address, and so may do no more than pages do. */
  String page() {
    return KeyHash.derived(token, PAGE);
  }

  /** The file of keys that services let in. */
  Path file(Path state) {
    return state.resolve(FILE);
  }

  /** Writes that file, which holds no key but the hash of each. */
  void write(Path state) {
    OwnersFile.write(file(state), lines());
  }

  /* The sweeps service asks the corruption service for what a submitter asks, and makes reports as a worker. */
  private String lines() {
    return "# Written anew at every start of the stack.\n"
        + line(token, OWNER, Set.of(Role.ADMIN))
        + line(of(Part.TRAINER), WORKER, Set.of(Role.WORKER))
        + line(page(), OWNER, Set.of(Role.SUBMITTER))
        + line(of(Part.SWEEPS), SWEEPS, Set.of(Role.SUBMITTER, Role.WORKER));
  }

  private static String line(String key, String name, Set<Role> roles) {
    return KeyHash.of(key) + " " + name + " " + Role.words(roles).replace(" ", "") + "\n";
  }
}
