package dev.rote.sweeps.page;

import java.util.List;

/**
 * A form of lists to choose from, and the picture that it chooses.
 *
 * @param page of the sweep that answers the form, such as {@code curves}
 * @param picture its address, which changes with the results
 * @param words what it shows, in place of the picture
 * @param note how it is to be read
 */
public record ChosenPicture(
    String sweepId, String page, List<Field> fields, String picture, String words, String note) {

  /** A list to choose from. */
  public record Field(String name, String label, List<Option> options) {

    static Field of(String name, String label, List<String> values, String chosen) {
      return new Field(
          name,
          label,
          values.stream().map(value -> new Option(value, value, value.equals(chosen))).toList());
    }
  }

  /** One of its entries. */
  public record Option(String value, String label, boolean chosen) {}

  /** The picture {@code page.svg} at a moment. */
  static ChosenPicture of(
      String sweepId, String page, List<Field> fields, String moment, String words, String note) {
    Address picture = Address.ofSweep(sweepId, "/" + page + ".svg").with("moment", moment);
    for (Field field : fields) {
      field.options().stream()
          .filter(Option::chosen)
          .forEach(option -> picture.with(field.name(), option.value()));
    }
    return new ChosenPicture(sweepId, page, fields, picture.toString(), words, note);
  }
}
