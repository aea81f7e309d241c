package dev.rote.artifacts.mending;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects taken out of use, under {@code set-aside/<time>/<key>}: the newest {@value #MOST_OBJECTS}
 * of together at most 1 GiB, the very newest whatever its size. Older ones are deleted, with a line
 * in the log for each.
 */
final class SetAside {
  static final int MOST_OBJECTS = 100;
  static final long MOST_BYTES = 1L << 30;

  private static final Logger log = LoggerFactory.getLogger(SetAside.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int PAGE = 1000;

  private final ObjectStore store;
  private final Clock clock;
  private final long mostBytes;

  SetAside(ObjectStore store, Clock clock, long mostBytes) {
    this.store = store;
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  /** Moves an object out of use; nothing happens when it is gone. */
  void move(String key, String why) {
    String aside = ArtifactKeys.SET_ASIDE + TIME.format(clock.instant()) + "/" + key;
    try {
      store.copy(key, aside);
    } catch (ObjectStoreException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      log.debug("{} is gone already", key);
      return;
    }
    store.delete(key);
    log.warn("{} is set aside as {}, to be made again: {}", key, aside, why);
    makeRoom();
  }

  private void makeRoom() {
    List<String> oldestFirst = store.list(ArtifactKeys.SET_ASIDE, "", PAGE);
    long bytes = 0;
    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
      String key = oldestFirst.get(i);
      int newer = oldestFirst.size() - 1 - i;
      bytes += store.size(key).orElse(0L);
      if (newer > 0 && (newer >= MOST_OBJECTS || bytes > mostBytes)) {
        log.warn("{} is deleted to make room for what was set aside since", key);
        store.delete(key);
      }
    }
  }
}
