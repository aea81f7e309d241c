package dev.rote.sweeps.page;

import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reports as they are at a moment, partial ones too, and the last few of them again: a page asks
 * for one several times, once for each figure. Who asks has asked for the sweep itself before.
 */
@Singleton
class RecentReports {
  private static final int KEPT = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SweepsCalls calls;
  private final ReentrantLock making = new ReentrantLock();
  private final Map<Key, Report> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

  RecentReports(SweepsCalls calls) {
    this.calls = calls;
  }

  private record Key(String sweepId, String moment, List<FigureSpec> figures, OptionalLong trial) {}

  /** What the results of a sweep follow from: the same words, the same report. */
  static String moment(SweepStatus status) {
    TrialCounts counts = status.getCounts();
    return String.join(
        "-",
        List.of(
            Integer.toString(status.getPhaseValue()),
            Long.toString(counts.getDone()),
            Long.toString(counts.getFailed()),
            Long.toString(counts.getCancelled()),
            Integer.toString(status.getRepeating().getLooks()),
            Integer.toString(status.getRetries())));
  }

  /**
   * The report of a sweep now.
   *
   * @param figures in place of its own; empty: its own
   */
  Report of(Sweep sweep, List<FigureSpec> figures) {
    return of(sweep, figures, OptionalLong.empty());
  }

  /**
   * Figures of a sweep now, or of one of its trials.
   *
   * @param trial its index; empty: all of them
   */
  Report of(Sweep sweep, List<FigureSpec> figures, OptionalLong trial) {
    SweepStatus status = sweep.getStatus();
    Key key = new Key(status.getSweepId(), moment(status), List.copyOf(figures), trial);
    Report known = known(key);
    return known == null ? made(key) : known;
  }

  private @Nullable Report known(Key key) {
    synchronized (kept) {
      return kept.get(key);
    }
  }

  private void awaitTurn() {
    try {
      if (!making.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw ApiException.exhausted("reports of others are being made", PATIENCE).told();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("interrupted before a report was made", e).told();
    }
  }

  /* One at a time: a page asks for several at once, and the service makes but two for all callers. */
  private Report made(Key key) {
    awaitTurn();
    try {
      Report known = known(key);
      if (known != null) {
        return known;
      }
      GetResultsRequest.Builder request =
          GetResultsRequest.newBuilder()
              .setSweep(key.sweepId())
              .setPartial(true)
              .addAllFigures(key.figures());
      key.trial().ifPresent(request::setTrial);
      Report report = calls.patient().getResults(request.build()).getReport();
      synchronized (kept) {
        kept.put(key, report);
        if (kept.size() > KEPT) {
          kept.remove(kept.keySet().iterator().next());
        }
      }
      return report;
    } finally {
      making.unlock();
    }
  }
}
