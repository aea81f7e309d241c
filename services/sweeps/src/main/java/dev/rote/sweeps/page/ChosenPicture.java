package dev.rote.sweeps.page;

import java.util.List;

/**
 * A form of lists to choose from, and room for what it chooses, which the page asks for itself.
 *
 * @param base address of the page that it stands on
 * @param page of {@code base} that answers the form, such as {@code curves}
 * @param when it is asked for, as htmx has it
 * @param waiting what stands there meanwhile
 * @param numbers whether its numbers can be looked at, too
 */
public record ChosenPicture(
    String base, String page, List<Field> fields, String when, String waiting, boolean numbers) {

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

  /**
   * A picture that was made for its reader.
   *
   * @param source its address, which changes with the results
   * @param words what it shows, in place of the picture
   * @param note how it is to be read
   */
  public record Shown(String source, PictureSize size, String words, String note) {}

  /** Adds what is chosen to an address. */
  static Address address(Address address, List<Field> fields) {
    for (Field field : fields) {
      field.options().stream()
          .filter(Option::chosen)
          .forEach(option -> address.with(field.name(), option.value()));
    }
    return address;
  }
}
