package dev.rote.sweeps.page;

import dev.rote.v1.Sweep;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An address of ours under construction; what others wrote is encoded. */
final class Address {
  private final StringBuilder text;
  private char next = '?';

  private Address(String path) {
    this.text = new StringBuilder(path);
  }

  /** Of a page of a sweep, such as {@code /trials}. */
  static Address ofSweep(String sweepId, String page) {
    return new Address("/sweeps/" + encoded(sweepId) + page);
  }

  /** Of the page of a sweep. */
  static Address of(Sweep sweep) {
    return ofSweep(sweep.getStatus().getSweepId(), "");
  }

  /** Of the page of a trial. */
  static Address of(Sweep sweep, long trial) {
    return ofSweep(sweep.getStatus().getSweepId(), "/trials/" + trial);
  }

  static Address of(String path) {
    return new Address(path);
  }

  Address with(String name, String value) {
    text.append(next).append(encoded(name)).append('=').append(encoded(value));
    next = '&';
    return this;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
