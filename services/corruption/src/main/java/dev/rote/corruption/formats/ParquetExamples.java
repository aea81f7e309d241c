package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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

/** Examples that are the rows of a Parquet file: encoded pictures or numbers, and a label. */
final class ParquetExamples implements ExampleReader {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int TAIL = 8;
  private static final int LONGEST_FOOTER = 256 << 20;

  private final NamedFile file;
  private final ByteFile bytes;
  private final ParquetMetadata footer;
  private final MessageType schema;
  private final ParquetLayout layout;
  private final PictureDecoder decoder = new PictureDecoder();
  private List<ColumnReader> inputs = List.of();
  private List<ColumnReader> labels = List.of();
  private float[] numbers = new float[16];
  private int group;
  private long left;
  private long row;

  private ParquetExamples(NamedFile file, ByteFile bytes, FileSet set) {
    this.file = file;
    this.bytes = bytes;
    this.footer = footer(file, bytes);
    this.schema = footer.getFileMetaData().getSchema();
    this.layout =
        ParquetLayout.of(
            schema,
            Optional.ofNullable(
                footer.getFileMetaData().getKeyValueMetaData().get(ParquetLayout.hub())),
            set,
            file);
  }

  static ParquetExamples open(NamedFile file, FileSet set) {
    ByteFile bytes = ByteFile.open(file);
    try {
      return new ParquetExamples(file, bytes, set);
    } catch (DatasetException e) {
      bytes.close();
      throw e;
    }
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

  private static DatasetException broken(NamedFile file, String what, Exception e) {
    return file.damaged(
        "is damaged: " + what + " (" + FirstBytes.text(String.valueOf(e.getMessage())) + ")",
        "Parquet",
        "whole",
        String.valueOf(e.getMessage()));
  }

  @Override
  public List<String> classes() {
    return layout.classes();
  }

  @Override
  public boolean next(Example into) {
    while (left == 0) {
      if (group == footer.getBlocks().size()) {
        return false;
      }
      open(footer.getBlocks().get(group++));
    }
    String place = "row " + row + " of " + file.name();
    into.place(place);
    try {
      label(labels.get(0), into);
      if (layout.picture().isPresent()) {
        picture(inputs.get(0), into, place);
      } else {
        features(into);
      }
    } catch (RuntimeException e) {
      throw e instanceof DatasetException known
          ? known
          : broken(file, "row " + row + " cannot be read", e);
    }
    left--;
    row++;
    return true;
  }

  private void open(BlockMetaData block) {
    Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();
    block.getColumns().forEach(chunk -> chunks.put(chunk.getPath(), chunk));
    ColumnReadStoreImpl columns =
        new ColumnReadStoreImpl(
            new Pages(chunks, block.getRowCount()),
            new NoConverter(),
            schema,
            footer.getFileMetaData().getCreatedBy());
    List<ColumnDescriptor> wanted = layout.picture().map(List::of).orElse(layout.features());
    try {
      List<ColumnReader> opened = new ArrayList<>();
      if (block.getRowCount() > 0) {
        wanted.forEach(column -> opened.add(columns.getColumnReader(column)));
        labels = List.of(columns.getColumnReader(layout.label()));
      }
      inputs = opened;
    } catch (RuntimeException e) {
      throw e instanceof DatasetException known
          ? known
          : broken(file, "row group " + (group - 1) + " cannot be read", e);
    }
    left = block.getRowCount();
  }

  private void label(ColumnReader column, Example into) {
    ColumnDescriptor type = column.getDescriptor();
    if (column.getCurrentDefinitionLevel() < type.getMaxDefinitionLevel()) {
      throw missing(type);
    }
    switch (type.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> into.label(column.getBinary().toStringUsingUTF8());
      case INT32 -> into.label(column.getInteger());
      case INT64 -> into.label(column.getLong());
      case BOOLEAN -> into.label(column.getBoolean() ? 1 : 0);
      default -> {
        double value = number(column);
        if (value != Math.rint(value) || Math.abs(value) > 0x1p53) {
          throw wrong("the label " + value, "labels must be whole numbers or texts");
        }
        into.label((long) value);
      }
    }
    column.consume();
  }

  private void picture(ColumnReader column, Example into, String place) {
    ColumnDescriptor type = column.getDescriptor();
    if (column.getCurrentDefinitionLevel() < type.getMaxDefinitionLevel()) {
      throw missing(type);
    }
    Picture picture = decoder.decode(column.getBinary().getBytesUnsafe(), file, place);
    column.consume();
    into.levels(
        picture.levels(), new int[] {picture.channels(), picture.height(), picture.width()}, true);
  }

  private void features(Example into) {
    int count = 0;
    boolean whole = true;
    for (ColumnReader column : inputs) {
      ColumnDescriptor type = column.getDescriptor();
      do {
        if (column.getCurrentDefinitionLevel() < type.getMaxDefinitionLevel()) {
          throw missing(type);
        }
        float value = (float) number(column);
        if (!Float.isFinite(value)) {
          throw wrong(
              "the value " + value + " in column " + type.getPath()[0],
              "features must be finite float32: leave the row out, or put a number there");
        }
        if (count == numbers.length) {
          if (count > NumberArray.LARGEST_ROW) {
            throw wrong(
                "more than " + NumberArray.LARGEST_ROW + " values", "an example may have as many");
          }
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = value;
        whole &= isWhole(type);
        column.consume();
      } while (column.getCurrentRepetitionLevel() > 0);
    }
    into.numbers(Arrays.copyOf(numbers, count), new int[] {count}, whole);
  }

  private static boolean isWhole(ColumnDescriptor type) {
    return switch (type.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32, INT64, BOOLEAN -> true;
      default -> false;
    };
  }

  private static double number(ColumnReader column) {
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

  private DatasetException missing(ColumnDescriptor type) {
    return wrong(
        "nothing in column " + type.getPath()[0], "leave the row out, or put a value there");
  }

  private DatasetException wrong(String problem, String remedy) {
    return file.unfit(
        "has " + problem + " in row " + row + ": " + remedy, "row " + row, remedy, problem);
  }

  @Override
  public void close() {
    bytes.close();
    decoder.close();
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
      return new ParquetPages(file, bytes, chunk, column.getPrimitiveType());
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
