package dev.rote.cli.command;

import dev.rote.access.KeyHash;
import dev.rote.access.KeyLines;
import dev.rote.access.Role;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote key}. */
@Command(
    name = "key",
    header = "Makes a key for the services of an installation and prints it.",
    description = {
      "Adds its line to the file of keys that services read (ROTE_ACCESS_KEYS), with the SHA-256 of"
          + " the key alone: what is printed is kept nowhere. Taking the line away revokes the key;"
          + " services see either within two seconds. The stack of this machine has keys already."
    })
public final class KeyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", description = "Whose key it is: a person's or a program's name.")
  private String name = "";

  @Option(
      names = "--roles",
      paramLabel = "ROLE",
      split = ",",
      required = true,
      description =
          "What it is let in for, with commas: viewer (reads), submitter (reads, submits, steers),"
              + " worker (takes work), operator (of Kubernetes), admin (everything).")
  private List<Role> roles = List.of();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      defaultValue = "",
      description = "Group that the holder belongs to.")
  private String group = "";

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      required = true,
      description = "The file of keys that the line is added to; made if it is not there.")
  private Path keys = Path.of("access.keys");

  KeyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    String key = KeyHash.newKey();
    String line =
        "%s %s %s %s"
            .formatted(KeyHash.of(key), name, Role.words(roles).replace(" ", ""), group)
            .strip();
    String before = Files.exists(keys) ? Files.readString(keys) : "";
    List<String> mistakes = KeyLines.parse(before + "\n" + line).mistakes();
    if (!mistakes.isEmpty()) {
      throw new CommandFailure(
          ExitCodes.INVALID, keys + " would not be sound: " + String.join("; ", mistakes));
    }
    String lineEnd = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    Files.writeString(
        keys, lineEnd + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    session.out().println(key);
    session.out().flush();
    return ExitCodes.OK;
  }
}
