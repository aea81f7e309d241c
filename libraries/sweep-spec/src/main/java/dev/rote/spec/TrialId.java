package dev.rote.spec;

/** Id of a trial: of what is trained. */
public record TrialId(String value) {

  public TrialId {
    IdText.require("a trial's id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
