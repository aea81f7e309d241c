package dev.rote.weights;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A file of safetensors: the length of a header of JSON, the header, and bytes that it points into
 * (<a href="https://github.com/huggingface/safetensors#format">the format</a>).
 */
final class SafetensorsFile extends WeightFile {
  private static final int LARGEST_HEADER = 8 << 20;
  private static final int CHUNK_VALUES = 1 << 16;

  private final FileBytes bytes;
  private final List<SafetensorsHeader.Place> places;
  private final long dataAt;

  private SafetensorsFile(FileBytes bytes, List<SafetensorsHeader.Place> places, long dataAt) {
    super(bytes.name(), places.stream().map(SafetensorsHeader.Place::array).toList());
    this.bytes = bytes;
    this.places = places;
    this.dataAt = dataAt;
  }

  static SafetensorsFile of(FileBytes bytes) {
    if (bytes.size() < Long.BYTES) {
      throw WeightFileException.of(
          bytes.name(), "is neither npz nor safetensors: it has " + bytes.size() + " bytes");
    }
    long length = bytes.read(0, Long.BYTES).getLong();
    long most = Math.min(LARGEST_HEADER, bytes.size() - Long.BYTES);
    if (length < 2 || length > most) {
      throw WeightFileException.of(
          bytes.name(),
          "is neither npz nor safetensors: a header of safetensors would have "
              + Long.toUnsignedString(length)
              + " bytes, must have 2 to "
              + most);
    }
    long dataAt = Long.BYTES + length;
    ByteBuffer json = bytes.read(Long.BYTES, (int) length);
    return new SafetensorsFile(
        bytes, new SafetensorsHeader(bytes.name(), bytes.size() - dataAt).places(json), dataAt);
  }

  @Override
  float[] values(int index) {
    SafetensorsHeader.Place place = places.get(index);
    float[] values = new float[place.array().length()];
    for (int at = 0; at < values.length; at += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, values.length - at);
      bytes
          .read(dataAt + place.begin() + (long) at * Float.BYTES, count * Float.BYTES)
          .asFloatBuffer()
          .get(values, at, count);
    }
    return values;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
