package dev.rote.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Ends this process when its parent ends, however that ends: standard input is a pipe from it and
 * then closes.
 */
final class ParentWatch {

  private static final int LONGEST_EXIT_MILLIS = 20_000;

  private ParentWatch() {}

  static void start() {
    daemon("rote-parent-watch", ParentWatch::watch);
  }

  private static void watch() {
    try (InputStream parent = System.in) {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("the pipe from the supervisor broke: " + e.getMessage());
    }
    daemon("rote-halt", ParentWatch::haltLate);
    System.exit(0);
  }

  /* A shutdown that hangs must not leave an orphan with the ports and the files. */
  private static void haltLate() {
    try {
      Thread.sleep(LONGEST_EXIT_MILLIS);
    } catch (InterruptedException e) {
      System.err.println("interrupted while exiting");
    }
    Runtime.getRuntime().halt(1);
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
