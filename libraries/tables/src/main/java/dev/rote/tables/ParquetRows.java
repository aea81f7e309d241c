package dev.rote.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table as a Parquet file, compressed by Snappy, to any stream: nothing of it is gone back
 * to. At most one row group of {@value #ROW_GROUP_BYTES} bytes is in memory, and a few hundred
 * bytes for each one before it. Equal rows are equal bytes.
 */
public final class ParquetRows implements RowSink, AutoCloseable {
  private static final int ROW_GROUP_BYTES = 8 << 20;
  private static final int PAGE_BYTES = 256 << 10;

  private final ParquetWriter<@Nullable Object[]> writer;

  /**
   * @param out not closed here
   */
  public ParquetRows(Table table, OutputStream out) throws IOException {
    this.writer =
        new Builder(new Stream(out), table)
            .withConf((ParquetConfiguration) new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize((long) ROW_GROUP_BYTES)
            .withPageSize(PAGE_BYTES)
            .build();
  }

  @Override
  public void row(@Nullable Object[] values) throws IOException {
    writer.write(values);
  }

  /** Writes the end of the file, without which it is none. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static MessageType schema(Table table) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    table.columns().forEach(column -> schema.addField(field(column)));
    return schema.named(table.name());
  }

  private static Type field(Column column) {
    return switch (column.type()) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
      case FLOAT -> Types.optional(PrimitiveTypeName.FLOAT).named(column.name());
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
    };
  }

  private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final Table table;

    Builder(OutputFile file, Table table) {
      super(file);
      this.table = table;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
      return new Rows(table);
    }

    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration configuration) {
      return new Rows(table);
    }
  }

  private static final class Rows extends WriteSupport<@Nullable Object[]> {
    private final Table table;
    private @Nullable RecordConsumer consumer;

    Rows(Table table) {
      this.table = table;
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
      return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return context();
    }

    private WriteContext context() {
      return new WriteContext(schema(table), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer opened) {
      consumer = opened;
    }

    @Override
    public void write(@Nullable Object[] values) {
      RecordConsumer out = consumer;
      if (out == null) {
        throw new IllegalStateException("a row before the file was opened");
      }
      out.startMessage();
      List<Column> columns = table.columns();
      for (int i = 0; i < columns.size(); i++) {
        Object value = values[i];
        if (value != null) {
          String name = columns.get(i).name();
          out.startField(name, i);
          add(out, columns.get(i).type(), value);
          out.endField(name, i);
        }
      }
      out.endMessage();
    }

    private static void add(RecordConsumer out, Column.Type type, Object value) {
      switch (type) {
        case TEXT -> out.addBinary(Binary.fromString((String) value));
        case INTEGER -> out.addLong((Long) value);
        case FLOAT -> out.addFloat((Float) value);
        case DOUBLE -> out.addDouble((Double) value);
        case FLAG -> out.addBoolean((Boolean) value);
      }
    }
  }

  private record Stream(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new Counted(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return new Counted(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Counted extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
