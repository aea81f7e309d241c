package dev.rote.spec;

/**
 * Semantic versions that ids are made under.
 *
 * @param corruption of datasets and corruption
 * @param engine of training
 * @param metrics of measuring
 */
public record Versions(String corruption, String engine, String metrics) {
  /** Those that this build computes. */
  public static final Versions CURRENT =
      new Versions(SemanticVersions.CORRUPTION, SemanticVersions.ENGINE, SemanticVersions.METRICS);

  /**
   * Those before accuracy and cross-entropy had one definition, and of sweeps from before versions
   * were noted with them.
   */
  public static final Versions FORMER = new Versions("1", "2", "3");

  /**
   * Reads {@code <corruption>/<engine>/<metrics>}; what is empty was never noted.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Versions parse(String text) {
    if (text.isEmpty()) {
      return FORMER;
    }
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "versions must be <corruption>/<engine>/<metrics>, was '" + text + "'");
    }
    return new Versions(parts[0], parts[1], parts[2]);
  }

  /** {@code <corruption>/<engine>/<metrics>}. */
  @Override
  public String toString() {
    return corruption + "/" + engine + "/" + metrics;
  }
}
