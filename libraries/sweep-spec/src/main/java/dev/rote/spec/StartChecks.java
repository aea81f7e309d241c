package dev.rote.spec;

import dev.rote.v1.StartCheckpoint;
import dev.rote.v1.StartFile;
import dev.rote.v1.StartSpec;

/** Bounds of what training starts from. */
final class StartChecks {
  private static final int LAST_EPOCH = 1_000_000;

  private StartChecks() {}

  static void check(Checks checks, StartSpec start) {
    switch (start.getSourceCase()) {
      case SOURCE_NOT_SET -> checks.violate("", "must have checkpoint or file; none is written");
      case CHECKPOINT -> checkpoint(checks.in("checkpoint"), start.getCheckpoint());
      case FILE -> file(checks.in("file"), start.getFile());
    }
  }

  private static void checkpoint(Checks checks, StartCheckpoint checkpoint) {
    digits(checks, "trialId", checkpoint.getTrialId(), 32, "rote trials lists them");
    checks.require(
        checkpoint.hasEpoch(), "epoch", "must be the epoch of a checkpoint that is kept");
    checks.inRange("epoch", checkpoint.getEpoch(), 0, LAST_EPOCH);
  }

  private static void file(Checks checks, StartFile file) {
    OwnPath.check(checks, "path", file.getPath(), true);
    digits(checks, "sha256", file.getSha256(), 64, "sha256sum prints them");
  }

  static void digits(Checks checks, String field, String value, int count, String where) {
    checks.require(
        value.matches("[0-9a-f]{" + count + "}"),
        field,
        "must be "
            + count
            + " hexadecimal digits of lower case, "
            + where
            + (value.isEmpty() ? "; it is not written" : ", was \"" + value + "\""));
  }
}
