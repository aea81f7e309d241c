package dev.rote.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes what {@code numpy.savez} writes. */
final class NpzWriter implements WeightSink {
  /* The earliest that a zip can say. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Iterator<WeightArray> arrays;

  NpzWriter(List<WeightArray> arrays, OutputStream out) {
    this.arrays = arrays.iterator();
    this.zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
  }

  /** Gives its bytes, each time the same. */
  private interface Source {
    void to(ValueBytes.Taker taker) throws IOException;
  }

  @Override
  public void floats(float[] values) throws IOException {
    write(taker -> ValueBytes.of(values, taker));
  }

  @Override
  public void count(long value) throws IOException {
    write(taker -> ValueBytes.of(value, taker));
  }

  private void write(Source source) throws IOException {
    WeightArray array = arrays.next();
    byte[] head = NpyHeader.of(array);
    CRC32 crc = new CRC32();
    crc.update(head);
    source.to((bytes, length) -> crc.update(bytes, 0, length));
    ZipEntry entry = new ZipEntry(array.name() + ".npy");
    entry.setTimeLocal(TIME);
    entry.setCrc(crc.getValue());
    entry.setSize(head.length + array.bytes());
    entry.setCompressedSize(entry.getSize());
    zip.putNextEntry(entry);
    zip.write(head);
    source.to((bytes, length) -> zip.write(bytes, 0, length));
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
