package dev.rote.corruption.datasets;

import dev.rote.corruption.formats.Packed;
import dev.rote.corruption.formats.Scaling;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scalings by training files, which are gone through for them, the newest few remembered. */
final class KnownScalings {
  private static final int REMEMBERED = 4;

  private final SingleFlight<Scaling> flights = new SingleFlight<>();
  private final Map<Path, Scaling> known =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Scaling> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * The scaling by training files as they are laid down, where the path stands for the content.
   *
   * @throws DatasetException with reason {@code REFUSED} for grey levels
   */
  Scaling of(Packed train) {
    Path path = train.path();
    synchronized (known) {
      Scaling there = known.get(path);
      if (there != null) {
        return there;
      }
    }
    Scaling scaling = flights.run(path, () -> Scaling.of(train)).value();
    synchronized (known) {
      known.put(path, scaling);
    }
    return scaling;
  }
}
