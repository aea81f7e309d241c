package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.v1.FileSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Examples that are the rows of a Parquet file: encoded pictures or numbers, and a label. */
final class ParquetExamples implements ExampleReader {
  private final NamedFile file;
  private final ParquetFile parquet;
  private final ParquetLayout layout;
  private final FileSet set;
  private List<ColumnReader> inputs = List.of();
  private List<ColumnReader> labels = List.of();
  private float[] numbers = new float[16];
  private int group;
  private long left;
  private long row;

  private ParquetExamples(ParquetFile parquet, FileSet set) {
    this.file = parquet.file();
    this.parquet = parquet;
    this.set = set;
    this.layout = ParquetLayout.of(parquet.schema(), parquet.note(ParquetLayout.hub()), set, file);
  }

  static ParquetExamples open(NamedFile file, FileSet set) {
    ParquetFile parquet = ParquetFile.open(file);
    try {
      return new ParquetExamples(parquet, set);
    } catch (DatasetException e) {
      parquet.close();
      throw e;
    }
  }

  @Override
  public List<String> classes() {
    return layout.classes();
  }

  @Override
  public List<String> notes() {
    return layout.notes(set);
  }

  @Override
  public boolean next(Example into) {
    while (left == 0) {
      if (group == parquet.groups().size()) {
        return false;
      }
      open(parquet.groups().get(group++));
    }
    into.place("row " + row + " of " + file.name());
    try {
      label(labels.get(0), into);
      if (layout.picture().isPresent()) {
        picture(inputs.get(0), into);
      } else {
        features(into);
      }
    } catch (RuntimeException e) {
      throw e instanceof DatasetException known
          ? known
          : parquet.broken("row " + row + " cannot be read", e);
    }
    left--;
    row++;
    return true;
  }

  private void open(BlockMetaData block) {
    ColumnReadStoreImpl columns = parquet.columns(block);
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
          : parquet.broken("row group " + (group - 1) + " cannot be read", e);
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
        double value = ParquetFile.number(column);
        if (value != Math.rint(value) || Math.abs(value) > 0x1p53) {
          throw wrong("the label " + value, "labels must be whole numbers or texts");
        }
        into.label((long) value);
      }
    }
    column.consume();
  }

  private void picture(ColumnReader column, Example into) {
    ColumnDescriptor type = column.getDescriptor();
    if (column.getCurrentDefinitionLevel() < type.getMaxDefinitionLevel()) {
      throw missing(type);
    }
    into.picture(column.getBinary().getBytes(), file);
    column.consume();
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
        float value = (float) ParquetFile.number(column);
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
    parquet.close();
  }
}
