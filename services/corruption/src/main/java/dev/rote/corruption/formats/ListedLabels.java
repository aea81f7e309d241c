package dev.rote.corruption.formats;

import java.util.Iterator;
import java.util.List;

/** Labels that were read already. */
final class ListedLabels implements LabelReader {
  private final Iterator<Long> labels;
  private final String name;

  ListedLabels(List<Long> labels, String name) {
    this.labels = labels.iterator();
    this.name = name;
  }

  @Override
  public boolean next(Example into) {
    if (!labels.hasNext()) {
      return false;
    }
    into.label(labels.next());
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {}
}
