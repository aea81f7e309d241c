package dev.rote.sweeps.workflow;

/** Keys of the state: ASCII, so that the order of strings is the order of bytes. */
final class Keys {
  /*
   * '|' ends an id and '}' is its successor: [x + "|", x + "}") holds all that begins with x + "|". Ids are made of
   * letters, digits, '.', '_', '-' and '/', which come before both.
   */
  static final char END = '|';
  static final char AFTER_END = '}';

  static final String CLOCK = "clock";
  static final String NEWEST = "newest/";
  static final String AFTER_NEWEST = "newest0";

  static final String SWEEPS = "sweep/";
  static final String AFTER_SWEEPS = "sweep0";

  /** Sweeps that wait for a worker whose numerics they can take. */
  static final String UNSETTLED = "numerics/";

  static final String AFTER_UNSETTLED = "numerics0";

  private static final long INDEX = 10_000_000_000L;
  private static final long TIME = 1_000_000_000_000_000L;
  private static final long PLACE = 1_000_000_000_000_000_000L;

  private Keys() {}

  static String sweep(String sweepId) {
    return SWEEPS + sweepId;
  }

  static String spec(String sweepId) {
    return "spec/" + sweepId;
  }

  /** Sweeps in the order of submission, newest first. */
  static String newest(long sequence) {
    return NEWEST + padded(TIME, TIME - 1 - sequence);
  }

  static String unsettled(String sweepId) {
    return UNSETTLED + sweepId;
  }

  static String named(String name) {
    return "named/" + name;
  }

  static String cell(String sweepId, long index) {
    return cells(sweepId) + padded(INDEX, index);
  }

  static String cells(String sweepId) {
    return "cell/" + sweepId + END;
  }

  static String ended(String sweepId, long index) {
    return "ended/" + sweepId + END + padded(INDEX, index);
  }

  static String afterEnded(String sweepId) {
    return "ended/" + sweepId + AFTER_END;
  }

  /** What a look at the claims of a sweep found. */
  static String look(String sweepId, int number) {
    return looks(sweepId) + padded(INDEX, number);
  }

  static String looks(String sweepId) {
    return "look/" + sweepId + END;
  }

  static String work(String workId) {
    return "work/" + workId;
  }

  static String waiters(String workId) {
    return "wait/" + workId + END;
  }

  static String waiter(String workId, String sweepId, long index) {
    return waiters(workId) + sweepId + END + padded(INDEX, index);
  }

  static String timer(long leaseMillis, String workId) {
    return "timer/" + padded(TIME, leaseMillis) + END + workId;
  }

  /** Numbers of the next turns of the owners that have work in a queue. */
  static String turns(String queue) {
    return "turns/" + queue + END;
  }

  static String turns(String queue, String owner) {
    return turns(queue) + owner;
  }

  /** What an owner has in a queue, first come first. */
  static String queued(String queue, String owner) {
    return "queued/" + queue + END + owner + END;
  }

  static String queued(String queue, String owner, long place, String workId) {
    return queued(queue, owner) + padded(PLACE, place) + END + workId;
  }

  /** Whether ids may hold this character. */
  static boolean isOfIds(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= '9') || c == '_';
  }

  /** End of the range of all keys that begin with {@code prefix}, which ends in {@link #END}. */
  static String after(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + AFTER_END;
  }

  /** What follows the last {@link #END}. */
  static String last(String key) {
    return key.substring(key.lastIndexOf(END) + 1);
  }

  private static String padded(long base, long value) {
    if (value < 0 || value >= base) {
      throw new IllegalArgumentException("must be in [0, " + base + "), was " + value);
    }
    return Long.toString(base + value).substring(1);
  }
}
