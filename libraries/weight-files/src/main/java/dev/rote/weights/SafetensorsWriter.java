package dev.rote.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes a file of safetensors. */
final class SafetensorsWriter implements WeightSink {
  private static final int ALIGNMENT = 8;

  private final OutputStream out;

  SafetensorsWriter(List<WeightArray> arrays, Map<String, String> metadata, OutputStream out)
      throws IOException {
    this.out = out;
    byte[] header = header(arrays, metadata);
    int padding = Math.floorMod(-header.length, ALIGNMENT);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length + padding)
            .array());
    out.write(header);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] header(List<WeightArray> arrays, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart(SafetensorsHeader.METADATA);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long at = 0;
      for (WeightArray array : arrays) {
        json.writeObjectFieldStart(array.name());
        json.writeStringField(SafetensorsHeader.TYPE, array.type().name());
        json.writeArrayFieldStart(SafetensorsHeader.SHAPE);
        for (int size : array.shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeArrayFieldStart(SafetensorsHeader.OFFSETS);
        json.writeNumber(at);
        at += array.bytes();
        json.writeNumber(at);
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  @Override
  public void floats(float[] values) throws IOException {
    ValueBytes.of(values, (bytes, length) -> out.write(bytes, 0, length));
  }

  @Override
  public void count(long value) throws IOException {
    ValueBytes.of(value, (bytes, length) -> out.write(bytes, 0, length));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
