package dev.rote.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rote.access.AccessRefused.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorkeeperTest {
  private static final String SUBMIT = "rote.v1.SweepsService/SubmitSweep";
  private static final String CLAIM = "rote.v1.WorkService/ClaimWork";
  private static final String KEY = "0123456789";
  private static final String WORKERS = "another";

  @TempDir Path directory;
  private final AtomicLong clock = new AtomicLong();
  private Path file = Path.of("keys");
  private Doorkeeper keeper = new Doorkeeper(Optional.empty(), Set.of());

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("keys");
    Files.writeString(
        file,
        "# people\n\n"
            + KeyHash.of(KEY)
            + " ada viewer,submitter vision\n"
            + KeyHash.of(WORKERS)
            + " node-1 worker\n");
    keeper = new Doorkeeper(Optional.of(Keyring.of(file, clock::get)), Set.of());
  }

  private void refused(Reason reason, String method, @Nullable String authorization) {
    assertThatExceptionOfType(AccessRefused.class)
        .isThrownBy(() -> keeper.admit(method, authorization))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason))
        .withMessageNotContaining(KEY)
        .withMessageNotContaining("stolen");
  }

  @Test
  void hash_isThatOfSha256sum() {
    assertThat(KeyHash.of(KEY))
        .isEqualTo("84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882");
  }

  @Test
  void admit_keyOfTheFile_isItsHolder() {
    assertThat(keeper.admit(SUBMIT, "Bearer " + KEY))
        .isEqualTo(new Caller("ada", Set.of(Role.VIEWER, Role.SUBMITTER), "vision"));
    assertThat(keeper.admit(CLAIM, "bearer " + WORKERS).name()).isEqualTo("node-1");
  }

  @Test
  void admit_otherRole_isDenied() {
    refused(Reason.ROLE_MISSING, SUBMIT, "Bearer " + WORKERS);
    refused(Reason.ROLE_MISSING, CLAIM, "Bearer " + KEY);
  }

  @Test
  void admit_noKeyOrAnothers_isUnauthenticated() {
    refused(Reason.KEY_MISSING, SUBMIT, null);
    refused(Reason.KEY_MISSING, SUBMIT, "Basic stolen");
    refused(Reason.KEY_MISSING, SUBMIT, KEY);
    refused(Reason.KEY_UNKNOWN, SUBMIT, "Bearer stolen");
    refused(Reason.KEY_UNKNOWN, SUBMIT, "Bearer " + KeyHash.of(KEY));
  }

  @Test
  void admit_withoutAKey_isWhatTheSettingSays() {
    keeper = new Doorkeeper(Optional.of(Keyring.of(file, clock::get)), Set.of(Role.VIEWER));

    assertThat(keeper.admit("rote.v1.SweepsService/GetSweep", null).name())
        .isEqualTo(Caller.NOBODY);
    refused(Reason.KEY_MISSING, SUBMIT, null);
    refused(Reason.KEY_UNKNOWN, SUBMIT, "Bearer stolen");
  }

  @Test
  void admit_lineTakenAway_isRevokedWithoutARestart() throws IOException {
    Files.writeString(file, KeyHash.of(KEY) + " ada admin\n");
    assertThat(keeper.admit(CLAIM, "Bearer " + WORKERS).name()).isEqualTo("node-1");
    clock.addAndGet(Duration.ofMillis(1_001).toNanos());

    refused(Reason.KEY_UNKNOWN, CLAIM, "Bearer " + WORKERS);
    assertThat(keeper.admit(CLAIM, "Bearer " + KEY).roles()).containsExactly(Role.ADMIN);
  }

  @Test
  void admit_fileBroken_letsInWhoseLinesAreSound() throws IOException {
    Files.writeString(file, KeyHash.of(KEY) + " ada admin\n" + KeyHash.of(WORKERS) + " node-1\n");
    clock.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(keeper.admit(CLAIM, "Bearer " + KEY).name()).isEqualTo("ada");
    refused(Reason.KEY_UNKNOWN, CLAIM, "Bearer " + WORKERS);
  }

  @Test
  void admit_fileGone_letsNobodyIn() throws IOException {
    Files.delete(file);
    clock.addAndGet(Duration.ofSeconds(2).toNanos());

    refused(Reason.KEY_UNKNOWN, CLAIM, "Bearer " + WORKERS);
  }

  @Test
  void keys_mistakes_areNamedByTheirLines() throws IOException {
    Files.writeString(
        file,
        "my-secret-key ada admin\n"
            + (KeyHash.of("a") + " ada king\n")
            + (KeyHash.of("b") + " a/b admin\n")
            + (KeyHash.of("c") + " ada\n")
            + (KeyHash.of("d") + " ada admin\n" + KeyHash.of("d") + " eve admin\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keyring.of(file, clock::get))
        .withMessageContaining("line 1: the first word must be the SHA-256 of a key")
        .withMessageContaining("line 2: roles are viewer, submitter, worker, operator, admin")
        .withMessageContaining("line 3: names must be")
        .withMessageContaining("line 4: there must be SHA-256")
        .withMessageContaining("line 6: the same key stands further up")
        .withMessageNotContaining("my-secret-key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keyring.of(directory.resolve("none"), clock::get))
        .withMessageContaining("cannot be read");
  }

  @Test
  void ownKey_fileExchanged_isTheNewOne() throws IOException {
    Path own = directory.resolve("own");
    Files.writeString(own, "first\n");

    assertThat(OwnKey.of(Optional.of("other"), Optional.of(own)).get()).contains("first");
    assertThat(OwnKey.of(Optional.of("other"), Optional.empty()).get()).contains("other");
    assertThat(OwnKey.of(Optional.of(" "), Optional.empty()).get()).isEmpty();
  }

  @Test
  void keys_derivedForUses_differ() {
    String key = KeyHash.newKey();

    assertThat(key).hasSize(64).isNotEqualTo(KeyHash.newKey());
    assertThat(KeyHash.derived(key, "worker"))
        .hasSize(64)
        .isNotEqualTo(KeyHash.derived(key, "sweeps"))
        .isEqualTo(KeyHash.derived(key, "worker"));
  }
}
