package dev.rote.workqueue;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The family of numerics that a worker computes in, found out once. One that cannot be told is
 * none: the first piece of work ends with the reason.
 */
final class OwnNumerics {
  private static final Logger log = LoggerFactory.getLogger(OwnNumerics.class);

  private final Supplier<String> source;
  private @Nullable String name;

  OwnNumerics(Supplier<String> source) {
    this.source = source;
  }

  /** Its name; empty where there is none. */
  synchronized String name() {
    if (name == null) {
      name = told();
    }
    return name;
  }

  private String told() {
    try {
      String told = source.get();
      if (!told.isEmpty()) {
        log.info("this worker computes in the numerics {}", told);
      }
      return told;
    } catch (RuntimeException | LinkageError e) {
      log.error("the engine cannot tell its numerics", e);
      return "";
    }
  }
}
