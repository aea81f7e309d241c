package dev.rote.spec;

/** Id of a measurement of a trial. */
public record MeasurementId(String value) {

  public MeasurementId {
    IdText.require("a measurement's id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
