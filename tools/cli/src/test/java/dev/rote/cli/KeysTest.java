package dev.rote.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.access.Caller;
import dev.rote.access.Keyring;
import dev.rote.access.Role;
import dev.rote.cli.progress.Terminal;
import dev.rote.cli.service.Service;
import dev.rote.cli.service.UserKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private static final String SWEEPS = "127.0.0.1:9011";

  @TempDir Path directory;

  private CommandLineRun run(String... args) {
    return CommandLineRun.of(Map.of(Service.SWEEPS, SWEEPS), true, Terminal.NONE, Map.of(), args);
  }

  @Test
  void key_isThatOfItsLine() throws IOException {
    Path keys = directory.resolve("access.keys");
    Files.writeString(keys, "# ours");
    CommandLineRun ada =
        run("key", "ada", "--roles", "viewer,submitter", "--group", "vision", "--keys", "" + keys);
    CommandLineRun node = run("key", "node-1", "--roles", "worker", "--keys", keys.toString());

    Keyring ring = Keyring.of(keys, System::nanoTime);
    assertThat(ring.holder(ada.out().strip()))
        .contains(new Caller("ada", Set.of(Role.VIEWER, Role.SUBMITTER), "vision"));
    assertThat(ring.holder(node.out().strip()))
        .contains(new Caller("node-1", Set.of(Role.WORKER), ""));
    assertThat(keys)
        .content()
        .doesNotContain(ada.out().strip(), node.out().strip())
        .startsWith("# ours\n");
  }

  @Test
  void key_wrongNameOrRole_isRefusedAndNothingWritten() {
    Path keys = directory.resolve("access.keys");
    CommandLineRun name = run("key", "a/b", "--roles", "worker", "--keys", keys.toString());

    assertThat(name.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(name.err()).contains("names must be of letters");
    assertThat(run("key", "ada", "--roles", "king", "--keys", keys.toString()).exitCode())
        .isEqualTo(ExitCodes.INVALID);
    assertThat(keys).doesNotExist();
  }

  @Test
  void userKey_addressOfTheStack_isItsOwn() {
    Session session = CommandLineRun.session(Map.of(Service.SWEEPS, SWEEPS), Map.of());

    assertThat(UserKey.at(SWEEPS, session, Path.of(".rote"))).contains(CommandLineRun.TOKEN);
    assertThat(UserKey.at("elsewhere:9011", session, Path.of(".rote"))).isEmpty();
  }

  @Test
  void userKey_ofTheEnvironment_goesBefore() {
    Session session =
        CommandLineRun.session(
            Map.of(Service.SWEEPS, SWEEPS), Map.of(UserKey.VARIABLE, "from-there"));

    assertThat(UserKey.at(SWEEPS, session, Path.of(".rote"))).contains("from-there");
    assertThat(UserKey.at("elsewhere:9011", session, Path.of(".rote")))
        .isEqualTo(Optional.of("from-there"));
  }

  @Test
  void up_key_isPrintedByEnvAlone() {
    CommandLineRun up = run("up");

    assertThat(up.out() + up.err()).doesNotContain(CommandLineRun.TOKEN);
    assertThat(up.out())
        .contains(
            "grpcurl -plaintext -H \"authorization: Bearer $ROTE_TOKEN\" " + SWEEPS + " list");
    assertThat(run("env").out()).contains("export ROTE_TOKEN=" + CommandLineRun.TOKEN);
  }
}
