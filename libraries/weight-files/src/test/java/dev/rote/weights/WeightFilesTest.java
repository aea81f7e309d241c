package dev.rote.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of weights, ours and others'. */
class WeightFilesTest {
  private static final List<WeightArray> ARRAYS =
      List.of(
          new WeightArray("layer0/weights", ArrayType.F32, List.of(2, 3)),
          new WeightArray("bn.num_batches_tracked", ArrayType.I64, List.of()),
          new WeightArray("b", ArrayType.F32, List.of(1)));
  private static final float[] WEIGHTS = {
    1, -0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 0.1f
  };

  @TempDir Path folder;

  static byte[] written(WeightFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WeightSink sink = format.open(ARRAYS, Map.of("model", "{\"mlp\":\"ä\"}"), bytes)) {
      sink.floats(WEIGHTS);
      sink.count(12);
      sink.floats(new float[] {7});
    }
    return bytes.toByteArray();
  }

  private WeightFile open(byte[] bytes) throws IOException {
    Path file = folder.resolve("weights");
    Files.write(file, bytes);
    return WeightFile.open("mine", file);
  }

  private void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> open(bytes).close())
        .isInstanceOf(WeightFileException.class)
        .hasMessageStartingWith("mine ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @EnumSource
  void written_read_sameNamesShapesAndBits(WeightFormat format) throws IOException {
    byte[] bytes = written(format);
    assertThat(written(format)).isEqualTo(bytes);
    try (WeightFile file = open(bytes)) {
      assertThat(file.arrays()).isEqualTo(ARRAYS);
      assertThat(file.floats(0)).isEqualTo(WEIGHTS);
      assertThat(file.floats(2)).containsExactly(7);
      assertThatThrownBy(() -> file.floats(1))
          .isInstanceOf(WeightFileException.class)
          .hasMessage("mine has bn.num_batches_tracked of type I64: weights are F32");
    }
  }

  private static byte[] safetensors(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static String tensor(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, type, shape, offsets);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [2]             | [0,4]  | has a of 8 bytes at 0 to 4 of 8 bytes of data",
        "F32 | [2]             | [4,12] | has a of 8 bytes at 4 to 12 of 8",
        "F32 | [2]             | [8,0]  | has a of 8 bytes at 8 to 0 of 8",
        "F32 | [2]             | [-8,0] | has a of 8 bytes at -8 to 0 of 8",
        "F32 | [1]             | [0,4]  | has 8 bytes of data, arrays for 4",
        "F32 | [1]             | [4,8]  | has a at 4 of its data, where a gap is before it",
        "F32 | [2147483647,2]  | [0,8]  | has an array of shape [2147483647, 2], a; at most 2^31",
        "F32 | [9e18]          | [0,8]  | its header is no object of arrays",
        "F32 | [99999999999999999999]|[0,8]| its header is no JSON",
        "F32 | [4294967298]    | [0,8]  | has an array of shape [4294967298], a; at most 2^31",
        "F32 | [-2]            | [0,8]  | has an array of shape [-2], a; at most 2^31",
        "F32 | [1,1,1,1,1,1,1,1,2] | [0,8] | has an array of 9 axes, a; at most 8 are read",
        "F32 | [[2]]           | [0,8]  | its header is no",
        "F4  | [2]             | [0,8]  | has a of a type that is not read",
        "F32 | [2]             | [0]    | lacks dtype, shape or two data_offsets of a"
      })
  void safetensors_wrongArray_isRefused(String type, String shape, String offsets, String message) {
    assertRefused(safetensors("{" + tensor("a", type, shape, offsets) + "}", 8), message);
  }

  @Test
  void safetensors_wrongHeader_isRefused() {
    String first = tensor("a", "F32", "[1]", "[0,4]");
    assertRefused(
        safetensors("{" + first + "," + tensor("b", "F32", "[1]", "[0,4]") + "}", 4),
        "has b at 0 of its data, where another array lies");
    assertRefused(safetensors("{" + first + "," + first + "}", 4), "is no JSON");
    assertRefused(safetensors("{" + first + "} {}", 4), "goes on after its object");
    assertRefused(safetensors("[1]", 4), "is no object of arrays");
    assertRefused(
        safetensors("{" + tensor("\\u001b[31m", "F32", "[1]", "[0,4]") + "}", 4), "ASCII");
    assertRefused(new byte[] {1, 2, 3}, "is neither npz nor safetensors: it has 3 bytes");
    byte[] huge = safetensors("{}", 0);
    huge[7] = 0x7F;
    assertRefused(huge, "a header of safetensors would have 9151314442816847874 bytes");
  }

  /* Its pickle would run a program; nothing looks at it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }; a type that is not read",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }; no array of numbers",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }; write x.astype(\"<f4\")",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }; numpy.ascontiguousarray(x)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }; of shape [3] in",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 999999999), }; at most 2^31",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } os.system(1); no array of numbers"
      })
  void npz_wrongHeader_isRefused(String header, String message) throws IOException {
    assertRefused(zip("a.npy", npy(header, 8), true), message);
    assertRefused(zip("a.npy", npy(header, 8), false), message);
  }

  private static byte[] npy(String header, int dataBytes) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  static byte[] zip(String name, byte[] content, boolean deflated) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(deflated ? ZipEntry.DEFLATED : ZipEntry.STORED);
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] zeros(int values) {
    return npy(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d,), }".formatted(values), 4 * values);
  }

  @Test
  void npz_deflated_isRead() throws IOException {
    try (WeightFile file = open(zip("a.npy", zeros(100_000), true))) {
      assertThat(file.floats(0)).hasSize(100_000).containsOnly(0);
    }
  }

  /** Four bytes after the deflated data stand for gigabytes: refused by the directory alone. */
  @Test
  void npz_claimsMoreThanDeflateHolds_isRefused() throws IOException {
    byte[] bytes = zip("a.npy", zeros(1000), true);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int central = zip.getInt(bytes.length - 6);
    zip.putInt(central + 24, 2_000_000_000);
    assertRefused(bytes, "has a.npy of 2000000000 bytes in");
  }

  @Test
  void npz_entriesOnEachOther_areRefused() throws IOException {
    byte[] bytes = written(WeightFormat.NPZ);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int central = zip.getInt(bytes.length - 6);
    String directory =
        new String(bytes, central, bytes.length - central, StandardCharsets.ISO_8859_1);
    int last = central + directory.lastIndexOf("PK\1\2");
    /* b.npy: the names have unlike lengths, so that its local header has to be made to fit. */
    zip.putInt(last + 42, 0);
    assertRefused(bytes, "has b.npy, which does not begin where the zip's directory says");
    zip.putShort(26, (short) 5);
    assertRefused(bytes, "does not begin where");
  }

  @Test
  void npz_otherContent_isRefused() throws IOException {
    assertRefused(zip("model.pkl", new byte[] {'c'}, true), "is a zip with model.pkl");
    assertRefused(zip("a.npy", new byte[] {'c'}, true), "has a.npy, which is damaged");
    byte[] bytes = written(WeightFormat.NPZ);
    assertRefused(java.util.Arrays.copyOf(bytes, bytes.length - 1), "cut short");
    /* A bit of 0.1, the last of the six values before the next entry. */
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[all.indexOf("PK\3\4", 4) - 4] ^= 1;
    try (WeightFile file = open(bytes)) {
      assertThatThrownBy(() -> file.floats(0))
          .isInstanceOf(WeightFileException.class)
          .hasMessageContaining("its CRC is another");
    }
  }
}
