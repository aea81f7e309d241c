package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecodingRoomTest {
  private static final int SIDE = 256;
  private static final int BYTES = 2 * 3 * SIDE * SIDE;
  private static final Picture PICTURE = new Picture(1, 1, 1, new byte[1]);

  private static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  private static int heightOfDecoded(byte[] bytes, DecodingRoom room) {
    try (PictureDecoder decoder = new PictureDecoder(room)) {
      return decoder
          .decode(bytes, new NamedFile("x.png", Path.of("x"), "files.train.path"), "x.png")
          .height();
    }
  }

  /** A photograph of a telephone, 4032 x 3024, where the heap is what {@code ./rote} gives. */
  @Test
  void mostBytes_smallHeap_hasRoomForTwelveMegapixels() {
    /* Of 192 MiB the serial collector keeps a survivor space to itself. */
    long heap = 185L << 20;
    assertThat(DecodingRoom.mostBytes(heap)).isEqualTo(77_594_624).isGreaterThan(6 * 4032 * 3024);
  }

  @Test
  void within_noRoomLeft_waitsForIt() throws IOException {
    DecodingRoom room = new DecodingRoom(10_000);
    AtomicReference<CompletableFuture<Picture>> waiting = new AtomicReference<>();
    room.within(
        6_000,
        () -> {
          waiting.set(CompletableFuture.supplyAsync(() -> decodedWithin(room)));
          assertThat(waiting.get()).failsWithin(Duration.ofMillis(300));
          return PICTURE;
        });
    assertThat(waiting.get()).succeedsWithin(Duration.ofSeconds(30)).isSameAs(PICTURE);
    assertThat(room.within(10_000, () -> PICTURE)).isSameAs(PICTURE);
  }

  private static Picture decodedWithin(DecodingRoom room) {
    try {
      return room.within(6_000, () -> PICTURE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void decode_manyAtATime_eachHasTheWholeRoomInItsTurn() throws IOException {
    DecodingRoom room = new DecodingRoom(BYTES);
    byte[] bytes = png();
    assertThat(IntStream.range(0, 16).parallel().map(i -> heightOfDecoded(bytes, room)).toArray())
        .hasSize(16)
        .containsOnly(SIDE);
  }

  @Test
  void decode_damaged_givesItsRoomBack() throws IOException {
    DecodingRoom room = new DecodingRoom(BYTES);
    byte[] bytes = png();
    byte[] damaged = Arrays.copyOf(bytes, bytes.length / 2);
    assertThatThrownBy(() -> heightOfDecoded(damaged, room)).isInstanceOf(DatasetException.class);
    assertThat(heightOfDecoded(bytes, room)).isEqualTo(SIDE);
  }
}
