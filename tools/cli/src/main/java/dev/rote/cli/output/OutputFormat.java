package dev.rote.cli.output;

/** How a listing is written. */
public enum OutputFormat {
  /** Aligned columns for people. */
  TABLE,
  /** Proto JSON mapping. */
  JSON,
  /** Proto JSON mapping, written as YAML. */
  YAML,
  /** RFC 4180, with a header line. */
  CSV
}
