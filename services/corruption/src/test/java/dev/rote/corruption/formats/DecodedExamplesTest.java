package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DecodedExamplesTest {
  private static final int COUNT = 120;
  private static final int SIDE = 24;
  private static final NamedFile FILE =
      new NamedFile("x.parquet", Path.of("x"), "files.train.path");
  private static final long AMPLE = 60_000_000;

  /* What of a picture's room is for those that are ahead holds one, or none. */
  private static final long NARROW = 6 * 16 * SIDE * SIDE;
  private static final long TINY = 16 * SIDE * SIDE;

  /** Pictures whose first level is their number, some of them broken. */
  private static final class Pictures implements ExampleReader {
    private final List<byte[]> encoded = new ArrayList<>();
    private final int broken;
    private int next;

    Pictures(int count, int damaged, int broken) throws IOException {
      for (int i = 0; i < count; i++) {
        byte[] png = png(i);
        encoded.add(i == damaged ? Arrays.copyOf(png, png.length - 30) : png);
      }
      this.broken = broken;
    }

    private static byte[] png(int number) throws IOException {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, number);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    }

    @Override
    public boolean next(Example into) {
      if (next == broken) {
        throw FILE.damaged("has no row " + next, "row", "whole", "broken");
      }
      if (next == encoded.size()) {
        return false;
      }
      into.place("row " + next);
      into.label(next);
      into.picture(encoded.get(next), FILE);
      next++;
      return true;
    }

    @Override
    public void close() {}
  }

  private static int number(Example example) {
    byte[] levels = example.levels();
    int pixels = SIDE * SIDE;
    return levels == null
        ? -1
        : ((levels[0] & 0xFF) << 16) | ((levels[pixels] & 0xFF) << 8) | (levels[2 * pixels] & 0xFF);
  }

  private static Example next(DecodedExamples examples) {
    return Objects.requireNonNull(examples.next(), "there must be one more");
  }

  private static int all(DecodedExamples examples) {
    int seen = 0;
    for (Example example = examples.next(); example != null; example = examples.next()) {
      assertThat(example.number()).isEqualTo(seen);
      assertThat(number(example)).isEqualTo(seen);
      assertThat(example.place()).isEqualTo("row " + seen);
      seen++;
    }
    return seen;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8})
  void next_anyNumberOfHelpers_everyPictureInItsTurn(int helpers) throws IOException {
    for (long bytes : new long[] {AMPLE, NARROW, TINY}) {
      DecodingRoom room = new DecodingRoom(bytes);
      try (DecodedExamples examples =
          new DecodedExamples(new Pictures(COUNT, -1, -1), helpers, room)) {
        assertThat(all(examples)).isEqualTo(COUNT);
        assertThat(examples.next()).isNull();
      }
      assertThat(room.takenAhead()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void next_picturesThenRowsThatAreDamaged_theFirstInOrderIsTold(int helpers) throws IOException {
    for (long bytes : new long[] {AMPLE, NARROW, TINY}) {
      for (int damaged : new int[] {0, 15, 16, 100, COUNT - 1}) {
        DecodingRoom room = new DecodingRoom(bytes);
        ExampleReader reader = new Pictures(COUNT, damaged, Math.min(COUNT, damaged + 3));
        try (DecodedExamples examples = new DecodedExamples(reader, helpers, room)) {
          for (int i = 0; i < damaged; i++) {
            assertThat(number(next(examples))).isEqualTo(i);
          }
          assertThatThrownBy(examples::next)
              .isInstanceOf(DatasetException.class)
              .hasMessageContaining("cannot be decoded in row " + damaged + " ");
        }
        assertThat(room.takenAhead()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void next_rowThatCannotBeRead_afterAllBeforeIt(int helpers) throws IOException {
    for (int broken : new int[] {0, 1, 16, 40}) {
      DecodingRoom room = new DecodingRoom(AMPLE);
      ExampleReader reader = new Pictures(COUNT, -1, broken);
      try (DecodedExamples examples = new DecodedExamples(reader, helpers, room)) {
        for (int i = 0; i < broken; i++) {
          assertThat(number(next(examples))).isEqualTo(i);
        }
        assertThatThrownBy(examples::next).hasMessageContaining("has no row " + broken);
      }
    }
  }

  @Test
  void close_inTheMiddle_givesTheRoomBack() throws IOException {
    DecodingRoom room = new DecodingRoom(AMPLE);
    try (DecodedExamples examples = new DecodedExamples(new Pictures(COUNT, -1, -1), 3, room)) {
      for (int i = 0; i < 20; i++) {
        assertThat(number(next(examples))).isEqualTo(i);
      }
    }
    assertThat(room.takenAhead()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void next_pictureThatWasTaken_noLongerHeld(int helpers) throws IOException {
    try (DecodedExamples examples =
        new DecodedExamples(new Pictures(COUNT, -1, -1), helpers, new DecodingRoom(TINY))) {
      WeakReference<byte[]> levels = levelsOfNext(examples);
      assertThat(number(next(examples))).isEqualTo(1);
      System.gc();
      assertThat(levels.get()).isNull();
    }
  }

  private static WeakReference<byte[]> levelsOfNext(DecodedExamples examples) {
    return new WeakReference<>(Objects.requireNonNull(next(examples).levels()));
  }

  /** A reader whose array has the next example's inputs after the next call. */
  private static final class OneArray implements ExampleReader {
    private final byte[] levels = new byte[1];

    @Override
    public boolean next(Example into) {
      if (levels[0] == 100) {
        return false;
      }
      levels[0]++;
      into.levels(levels, new int[] {1}, false);
      return true;
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void next_inputsInTheReadersMemory_notReadAhead(int helpers) {
    try (DecodedExamples examples =
        new DecodedExamples(new OneArray(), helpers, new DecodingRoom(AMPLE))) {
      for (int i = 1; i <= 100; i++) {
        assertThat(next(examples).levels()).containsExactly(i);
      }
      assertThat(examples.next()).isNull();
    }
  }
}
