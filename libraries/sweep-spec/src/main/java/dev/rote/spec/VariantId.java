package dev.rote.spec;

/** Id of a variant: of the dataset after one corruption. */
public record VariantId(String value) {

  public VariantId {
    IdText.require("a variant's id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
