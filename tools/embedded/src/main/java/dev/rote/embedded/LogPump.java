package dev.rote.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what a process says into its log. A disk that is full never holds the process up: what
 * cannot be written is lost, and the log says how much.
 */
final class LogPump {

  private static final Logger log = LoggerFactory.getLogger(LogPump.class);
  private static final int BUFFER = 1 << 13;

  private final InputStream from;
  private final RotatingFile to;
  private final Thread thread;
  private long lost;

  private LogPump(String name, InputStream from, RotatingFile to) {
    this.from = from;
    this.to = to;
    this.thread = new Thread(this::carry, name);
  }

  /** Carries on until the process has ended and all that it said is written. */
  static LogPump start(String name, InputStream from, RotatingFile to) {
    LogPump pump = new LogPump(name, from, to);
    pump.thread.setDaemon(true);
    pump.thread.start();
    return pump;
  }

  /** Waits until all is written that an ended process has said. */
  void await(Duration patience) throws InterruptedException {
    thread.join(patience.toMillis());
  }

  private void carry() {
    byte[] buffer = new byte[BUFFER];
    write(buffer, 0);
    try (from) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        write(buffer, read);
      }
    } catch (IOException e) {
      log.debug("{}: the pipe broke", thread.getName(), e);
    }
    close();
  }

  private void write(byte[] bytes, int length) {
    try {
      if (lost > 0) {
        to.write(("… " + lost + " bytes could not be written\n").getBytes(StandardCharsets.UTF_8));
        lost = 0;
      }
      to.write(bytes, 0, length);
    } catch (IOException e) {
      if (lost == 0) {
        log.warn("{} cannot write: {}", thread.getName(), FileTrouble.words(e));
      }
      lost += length;
      close();
    }
  }

  private void close() {
    try {
      to.close();
    } catch (IOException e) {
      log.debug("{} cannot close its file", thread.getName(), e);
    }
  }
}
