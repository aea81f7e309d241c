package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;

/** A Parquet file: its description, and the columns of each row group, a page at a time. */
final class ParquetFile implements AutoCloseable {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int TAIL = 8;
  private static final int LONGEST_FOOTER = 256 << 20;

  private final NamedFile file;
  private final ByteFile bytes;
  private final ParquetMetadata footer;
  private final Map<ColumnPath, ParquetPages.Room> rooms = new HashMap<>();

  private ParquetFile(NamedFile file, ByteFile bytes) {
    this.file = file;
    this.bytes = bytes;
    this.footer = footer(file, bytes);
  }

  static ParquetFile open(NamedFile file) {
    ByteFile bytes = ByteFile.open(file);
    try {
      return new ParquetFile(file, bytes);
    } catch (DatasetException e) {
      bytes.close();
      throw e;
    }
  }

  NamedFile file() {
    return file;
  }

  MessageType schema() {
    return footer.getFileMetaData().getSchema();
  }

  /** What is written beside the columns under a key. */
  Optional<String> note(String key) {
    return Optional.ofNullable(footer.getFileMetaData().getKeyValueMetaData().get(key));
  }

  List<BlockMetaData> groups() {
    return footer.getBlocks();
  }

  /**
   * The columns of a row group; each is read when it is first asked for. What the last group's
   * columns gave is gone when those of another are read.
   */
  ColumnReadStoreImpl columns(BlockMetaData group) {
    Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();
    group.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
    return new ColumnReadStoreImpl(
        new Pages(chunks, group.getRowCount()),
        new NoConverter(),
        schema(),
        footer.getFileMetaData().getCreatedBy());
  }

  /** Whether bytes begin as such a file does. */
  static boolean begins(byte[] start) {
    return start.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC);
  }

  private static ParquetMetadata footer(NamedFile file, ByteFile bytes) {
    long size = bytes.size();
    byte[] tail = new byte[TAIL];
    if (size >= MAGIC.length + TAIL) {
      bytes.read(size - TAIL, tail, 0, TAIL);
    }
    long length =
        Integer.toUnsignedLong(ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt());
    if (!begins(bytes.start(MAGIC.length))
        || !Arrays.equals(Arrays.copyOfRange(tail, MAGIC.length, TAIL), MAGIC)
        || length > Math.min(LONGEST_FOOTER, size - MAGIC.length - TAIL)) {
      throw file.damaged(
          "is no whole Parquet file: it begins with "
              + FirstBytes.words(bytes.start(MAGIC.length))
              + " and ends with "
              + FirstBytes.words(Arrays.copyOfRange(tail, MAGIC.length, TAIL)),
          "Parquet",
          "PAR1 at both ends",
          "another");
    }
    byte[] footer = new byte[(int) length];
    bytes.read(size - TAIL - length, footer, 0, footer.length);
    try {
      return new ParquetMetadataConverter()
          .readParquetMetadata(
              new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
    } catch (IOException | RuntimeException e) {
      throw broken(file, "its description of columns cannot be read", e);
    }
  }

  /** The failure of a part that cannot be read. */
  DatasetException broken(String what, Exception e) {
    return broken(file, what, e);
  }

  private static DatasetException broken(NamedFile file, String what, Exception e) {
    return file.damaged(
        "is damaged: " + what + " (" + FirstBytes.text(String.valueOf(e.getMessage())) + ")",
        "Parquet",
        "whole",
        String.valueOf(e.getMessage()));
  }

  /** The number that a column has in its current row. */
  static double number(ColumnReader column) {
    return switch (column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 ->
          isUnsigned(column) ? Integer.toUnsignedLong(column.getInteger()) : column.getInteger();
      case INT64 -> column.getLong();
      case FLOAT -> column.getFloat();
      case DOUBLE -> column.getDouble();
      case BOOLEAN -> column.getBoolean() ? 1 : 0;
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
          throw new IllegalArgumentException("a column of numbers is one");
    };
  }

  private static boolean isUnsigned(ColumnReader column) {
    return column.getDescriptor().getPrimitiveType().getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
        && !whole.isSigned();
  }

  @Override
  public void close() {
    bytes.close();
  }

  /** The columns of a row group that are asked for. */
  private final class Pages implements PageReadStore {
    private final Map<ColumnPath, ColumnChunkMetaData> chunks;
    private final long rows;

    Pages(Map<ColumnPath, ColumnChunkMetaData> chunks, long rows) {
      this.chunks = chunks;
      this.rows = rows;
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      ColumnChunkMetaData chunk = chunks.get(ColumnPath.get(column.getPath()));
      if (chunk == null) {
        throw new IllegalArgumentException("a row group is without " + column.getPath()[0]);
      }
      ParquetPages.Room room =
          rooms.computeIfAbsent(chunk.getPath(), any -> new ParquetPages.Room());
      return new ParquetPages(file, bytes, chunk, column.getPrimitiveType(), room);
    }

    @Override
    public long getRowCount() {
      return rows;
    }
  }

  /** What columns ask for and never use where their values are taken one by one. */
  private static final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new Either();
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /** A field that may be a group or none. */
  private static final class Either extends Converter {
    @Override
    public boolean isPrimitive() {
      return true;
    }

    @Override
    public GroupConverter asGroupConverter() {
      return new NoConverter();
    }

    @Override
    public PrimitiveConverter asPrimitiveConverter() {
      return new PrimitiveConverter() {};
    }
  }
}
