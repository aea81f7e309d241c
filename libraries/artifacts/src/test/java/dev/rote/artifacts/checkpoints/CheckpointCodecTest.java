package dev.rote.artifacts.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CheckpointCodecTest {
  private static final CheckpointHeader HEADER =
      CheckpointHeader.newBuilder()
          .setTrialId("t")
          .setEpoch(3)
          .addTensors(Tensor.newBuilder().setName("a").addShape(70_000).addShape(2))
          .addTensors(Tensor.newBuilder().setName("b").addShape(3))
          .build();

  private static float value(int tensor, int i) {
    return tensor + i * 0.25f;
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointWriter.write(
        HEADER,
        (tensor, values) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = value(tensor, i);
          }
        },
        out);
    return out.toByteArray();
  }

  private static void readAll(byte[] bytes) {
    try (CheckpointReader reader =
        new CheckpointReader("trials/t/checkpoints/0000003", new ByteArrayInputStream(bytes))) {
      reader.verify();
    }
  }

  @Test
  void read_whatWasWritten_isTheSame() throws IOException {
    try (CheckpointReader reader = new CheckpointReader("c", new ByteArrayInputStream(written()))) {
      assertThat(reader.header()).isEqualTo(HEADER.toBuilder().setFormatVersion(1).build());
      for (int tensor = 0; tensor < 2; tensor++) {
        float[] values = reader.tensor();
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).isEqualTo(value(tensor, i));
        }
      }
      reader.verify();
    }
  }

  @Test
  void read_anyBitFlipped_isRefused() throws IOException {
    byte[] bytes = written();
    for (int at : new int[] {0, 9, 13, 20, 1000, bytes.length - 40, bytes.length - 1}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 4;
      assertThatThrownBy(() -> readAll(flipped))
          .as("byte %d", at)
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("trials/t/checkpoints/0000003");
    }
  }

  @Test
  void read_cutShort_isRefused() throws IOException {
    byte[] bytes = written();
    for (int length : new int[] {0, 5, 11, 30, 5000, bytes.length - 1}) {
      assertThatThrownBy(() -> readAll(Arrays.copyOf(bytes, length)))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("is cut short");
    }
    assertThatThrownBy(() -> readAll(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessageContaining("goes on after its SHA-256");
  }

  @Test
  void read_otherVersion_isRefused() throws IOException {
    byte[] bytes = written();
    byte[] other = bytes.clone();
    /* Field 1, varint 1: the first two bytes of the header. */
    assertThat(other[13]).isEqualTo((byte) 1);
    other[13] = 3;
    assertThatThrownBy(() -> readAll(other))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("format_version must be 1 or 2, was 3");
  }
}
