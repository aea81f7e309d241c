package dev.rote.corruption.formats;

import com.github.luben.zstd.Zstd;
import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * The pages of one column of one row group, each read when it is asked for: one of them is in
 * memory, in the place of the one before, whatever the size of the row group. Parquet's own reader
 * takes row groups whole, and pandas writes a file as one.
 */
final class ParquetPages implements PageReader {
  /** Most bytes of a page, packed or not. */
  private static final int LARGEST_PAGE = largestPage(Runtime.getRuntime().maxMemory());

  private static final int LARGEST_HEADER = 1 << 20;
  private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

  private final NamedFile file;
  private final ByteFile bytes;
  private final ColumnChunkMetaData chunk;
  private final Room room;
  private final Statistics<?> nothing;
  private final long end;
  private long at;
  private @Nullable PageHeader ahead;

  ParquetPages(
      NamedFile file, ByteFile bytes, ColumnChunkMetaData chunk, PrimitiveType type, Room room) {
    this.file = file;
    this.bytes = bytes;
    this.chunk = chunk;
    this.room = room;
    this.nothing = Statistics.createStats(type);
    this.at = chunk.getStartingPos();
    this.end = at + chunk.getTotalSize();
    if (at < 4 || end < at || end > bytes.size()) {
      throw damaged("places the column " + chunk.getPath() + " outside of the file");
    }
  }

  /**
   * Memory of one page, packed and not, which the next one takes: pages may have many megabytes.
   */
  static final class Room {
    private byte[] packed = new byte[0];
    private byte[] content = new byte[0];

    private byte[] packed(int length) {
      packed = atLeast(length, packed);
      return packed;
    }

    private byte[] content(int length) {
      content = atLeast(length, content);
      return content;
    }

    private static byte[] atLeast(int length, byte[] there) {
      /* With some more, since pages of a file are of about one size. */
      return there.length >= length
          ? there
          : new byte[(int) Math.max(length, Math.min(LARGEST_PAGE, length + length / 8L))];
    }
  }

  /** Some bytes of an array. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Slice(byte[] bytes, int offset, int length) {
    Slice from(int start) {
      return new Slice(bytes, offset + start, length - start);
    }

    BytesInput first(int count) {
      return BytesInput.from(bytes, offset, count);
    }

    BytesInput all() {
      return first(length);
    }
  }

  /** Bytes of a page: two pages, one of them packed too, are held at a time, and others read. */
  static int largestPage(long heapBytes) {
    return (int) Math.min(256 << 20, heapBytes / 4);
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getValueCount();
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    PageHeader header = header();
    if (header == null || header.getType() != PageType.DICTIONARY_PAGE) {
      return null;
    }
    DictionaryPageHeader dictionary = header.getDictionary_page_header();
    if (dictionary == null) {
      throw damaged("has a page without a header of its kind");
    }
    Slice content = unpacked(body(header), header.getUncompressed_page_size());
    if (dictionary.getNum_values() < 0) {
      throw damaged("has a dictionary of " + dictionary.getNum_values() + " values");
    }
    /* It is asked as long as pages of the group are read: what it says stays. */
    int end = content.offset + content.length;
    return new DictionaryPage(
        BytesInput.from(Arrays.copyOfRange(content.bytes, content.offset, end)),
        dictionary.getNum_values(),
        CONVERTER.getEncoding(dictionary.getEncoding()));
  }

  @Override
  public @Nullable DataPage readPage() {
    for (PageHeader header = header(); header != null; header = header()) {
      if (header.getType() == PageType.DATA_PAGE) {
        return page(header, header.getData_page_header());
      }
      if (header.getType() == PageType.DATA_PAGE_V2) {
        return page(header, header.getData_page_header_v2());
      }
      body(header);
    }
    return null;
  }

  private DataPage page(PageHeader header, @Nullable DataPageHeader page) {
    if (page == null || page.getNum_values() < 0) {
      throw damaged("has a page without a header of its kind");
    }
    Slice content = unpacked(body(header), header.getUncompressed_page_size());
    return new DataPageV1(
        content.all(),
        page.getNum_values(),
        content.length,
        nothing,
        CONVERTER.getEncoding(page.getRepetition_level_encoding()),
        CONVERTER.getEncoding(page.getDefinition_level_encoding()),
        CONVERTER.getEncoding(page.getEncoding()));
  }

  private DataPage page(PageHeader header, @Nullable DataPageHeaderV2 page) {
    if (page == null || page.getNum_values() < 0) {
      throw damaged("has a page without a header of its kind");
    }
    Slice body = body(header);
    int repetition = page.getRepetition_levels_byte_length();
    int definition = page.getDefinition_levels_byte_length();
    if (repetition < 0 || definition < 0 || (long) repetition + definition > body.length) {
      throw damaged("has levels longer than their page");
    }
    int levels = repetition + definition;
    Slice packed = body.from(levels);
    int size = header.getUncompressed_page_size() - levels;
    Slice content = page.isIs_compressed() ? unpacked(packed, size) : packed;
    return DataPageV2.uncompressed(
        page.getNum_rows(),
        page.getNum_nulls(),
        page.getNum_values(),
        body.first(repetition),
        body.from(repetition).first(definition),
        CONVERTER.getEncoding(page.getEncoding()),
        content.all(),
        nothing);
  }

  /** The header of the next page, which stays next until its body is read; null after the last. */
  private @Nullable PageHeader header() {
    if (ahead != null) {
      return ahead;
    }
    if (at >= end) {
      return null;
    }
    Counted in = new Counted(bytes, at, (int) Math.min(LARGEST_HEADER, end - at));
    try {
      PageHeader header = Util.readPageHeader(in);
      if (header.getType() == null
          || header.getCompressed_page_size() < 0
          || header.getCompressed_page_size() > Math.min(LARGEST_PAGE, end - in.position())
          || header.getUncompressed_page_size() < 0
          || header.getUncompressed_page_size() > LARGEST_PAGE) {
        throw damaged(
            "has a page of "
                + header.getCompressed_page_size()
                + " bytes, "
                + header.getUncompressed_page_size()
                + " unpacked: at most "
                + LARGEST_PAGE
                + " are read, and "
                + Math.max(0, end - in.position())
                + " are there (write smaller pages, such as data_page_size=1048576)");
      }
      at = in.position();
      ahead = header;
      return header;
    } catch (IOException | RuntimeException e) {
      throw e instanceof DatasetException known ? known : broken(e);
    }
  }

  private Slice body(PageHeader header) {
    int length = header.getCompressed_page_size();
    byte[] body = room.packed(length);
    bytes.read(at, body, 0, length);
    at += length;
    ahead = null;
    if (header.isSetCrc()) {
      CRC32 sum = new CRC32();
      sum.update(body, 0, length);
      if ((int) sum.getValue() != header.getCrc()) {
        throw damaged("has a page whose CRC is another");
      }
    }
    return new Slice(body, 0, length);
  }

  private Slice unpacked(Slice packed, int size) {
    try {
      Slice content = size <= 0 ? new Slice(packed.bytes, 0, 0) : decompressed(packed, size);
      if (content.length != size) {
        throw damaged("has a page of " + content.length + " bytes, and should have " + size);
      }
      return content;
    } catch (IOException | RuntimeException e) {
      throw e instanceof DatasetException known ? known : broken(e);
    }
  }

  private Slice decompressed(Slice packed, int size) throws IOException {
    CompressionCodecName codec = chunk.getCodec();
    switch (codec) {
      case UNCOMPRESSED -> {
        return packed;
      }
      case SNAPPY -> {
        int length = Snappy.uncompressedLength(packed.bytes, packed.offset, packed.length);
        if (length != size) {
          throw damaged("has a page of " + length + " bytes, should be " + size);
        }
        byte[] out = room.content(size);
        return new Slice(
            out, 0, Snappy.uncompress(packed.bytes, packed.offset, packed.length, out, 0));
      }
      case GZIP -> {
        try (InputStream in =
            new GZIPInputStream(
                new ByteArrayInputStream(packed.bytes, packed.offset, packed.length))) {
          byte[] out = room.content(size);
          return new Slice(out, 0, in.readNBytes(out, 0, size));
        }
      }
      case ZSTD -> {
        byte[] out = room.content(size);
        long length =
            Zstd.decompressByteArray(out, 0, size, packed.bytes, packed.offset, packed.length);
        if (Zstd.isError(length)) {
          throw damaged("has a page that Zstandard cannot unpack: " + Zstd.getErrorName(length));
        }
        return new Slice(out, 0, (int) length);
      }
      default ->
          throw file.unfit(
              "is packed by " + codec + ": write it with Snappy, Zstandard, gzip or none",
              "compression",
              "SNAPPY, ZSTD, GZIP or UNCOMPRESSED",
              codec.toString());
    }
  }

  private DatasetException damaged(String problem) {
    return file.damaged(problem, "column " + chunk.getPath(), "whole pages", problem);
  }

  private DatasetException broken(Exception e) {
    return damaged(
        "cannot be read in the column "
            + chunk.getPath()
            + ": "
            + FirstBytes.text(String.valueOf(e.getMessage())));
  }

  /** Bytes of a file from a position, as many as are allowed. */
  private static final class Counted extends InputStream {
    private static final int BLOCK = 512;

    private final ByteFile file;
    private final byte[] block = new byte[BLOCK];
    private long position;
    private int left;
    private int in;
    private int loaded;

    Counted(ByteFile file, long position, int most) {
      this.file = file;
      this.position = position;
      this.left = most;
    }

    long position() {
      return position;
    }

    @Override
    public int read() {
      if (in == loaded) {
        loaded = Math.min(BLOCK, left);
        in = 0;
        if (loaded == 0) {
          return -1;
        }
        file.read(position, block, 0, loaded);
      }
      left--;
      position++;
      return block[in++] & 0xFF;
    }

    @Override
    public int read(byte[] out, int offset, int length) {
      for (int i = 0; i < length; i++) {
        int next = read();
        if (next < 0) {
          return i == 0 ? -1 : i;
        }
        out[offset + i] = (byte) next;
      }
      return length;
    }
  }
}
