package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummedFileTest {
  @TempDir Path directory;

  /** The check values of RFC 3720's CRC-32C and of FIPS 180's SHA-256. */
  @Test
  void sum_knownText_knownSums() throws IOException {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    assertThat(sum(digits, FileSum.CRC_32C)).isEqualTo("e3069283");
    assertThat(sum(abc, FileSum.SHA_256))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private String sum(byte[] bytes, FileSum kind) throws IOException {
    try (SummedFile file = SummedFile.create(directory.resolve("known"), kind)) {
      file.write(bytes);
      return file.sum();
    }
  }

  @Test
  void write_piecesOfAnySize_allOfThemAndTheirSum() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    byte[] all = new byte[300_000];
    random.nextBytes(all);
    for (FileSum kind : FileSum.values()) {
      Path path = directory.resolve(kind.name());
      String sum;
      try (SummedFile file = SummedFile.create(path, kind)) {
        int at = 0;
        while (at < all.length) {
          int count = Math.min(all.length - at, random.nextInt(100_000));
          if (count == 1 || random.nextInt(8) == 0) {
            file.write(all[at++]);
          } else {
            file.write(all, at, count);
            at += count;
          }
          assertThat(file.position()).isEqualTo(at);
        }
        sum = file.sum();
      }
      assertThat(path).hasBinaryContent(all);
      assertThat(new VerifiedFiles().sum(NamedFile.published(path), kind)).isEqualTo(sum);
    }
  }
}
