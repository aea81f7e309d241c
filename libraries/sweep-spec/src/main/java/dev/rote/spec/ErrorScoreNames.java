package dev.rote.spec;

import java.util.List;

/** What the errors and losses of single examples are called where they are looked at as scores. */
public final class ErrorScoreNames {
  /** Cross-entropy of an example, nats. */
  public static final String LOSS = "loss";

  /** 1 where an example is misclassified against its training label, else 0. */
  public static final String ERROR = "error";

  static final List<String> ALL = List.of(LOSS, ERROR);

  private ErrorScoreNames() {}
}
