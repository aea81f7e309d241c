package dev.rote.cuda;

import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine has a card for the tests. */
final class Cards {
  /** Why tests are skipped. */
  static final String ABSENT = "skipped: there is no NVIDIA card on this machine (/dev/nvidiactl)";

  private Cards() {}

  /** A card that its driver knows; whether CUDA's libraries are there is for the tests to see. */
  static boolean present() {
    return Files.exists(Path.of("/dev/nvidiactl"));
  }
}
