package dev.rote.sweeps.grpc;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.reports.ReportFiles;
import dev.rote.sweeps.report.ReportHandler;
import dev.rote.v1.Report;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reports as they lie in object storage, made again from results where a file is damaged or gone:
 * what is damaged is set aside. One is made again at a time. Of a report from before there were
 * manifests it is the report itself alone that is missed.
 */
final class MendedReports {
  private final ObjectStore store;
  private final Mending mending;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  MendedReports(ObjectStore store) {
    this.store = store;
    this.mending = new Mending(store);
  }

  /**
   * The report of a sweep that is completed.
   *
   * @param maker makes it from results; what it throws is thrown
   */
  Report report(String sweepId, Supplier<Report> maker) {
    return read(sweepId, maker, ReportFiles::report);
  }

  /** Its files, each of which is whole now. */
  ReportFiles files(String sweepId, Supplier<Report> maker) {
    return read(
        sweepId,
        maker,
        files -> {
          // A list of files without it is none of a report.
          files.report();
          files.paths().forEach(files::file);
          return files;
        });
  }

  private <T> T read(String sweepId, Supplier<Report> maker, Function<ReportFiles, T> reading) {
    try {
      return reading.apply(ReportFiles.open(store, sweepId));
    } catch (ObjectStoreException e) {
      throwUnlessLost(e);
    }
    oneAtATime.lock();
    try {
      // Another may have made it again meanwhile.
      return reading.apply(ReportFiles.open(store, sweepId));
    } catch (ObjectStoreException e) {
      throwUnlessLost(e);
      Report again = maker.get();
      setAside(sweepId);
      ReportHandler.store(store, again);
      return reading.apply(ReportFiles.open(store, sweepId));
    } finally {
      oneAtATime.unlock();
    }
  }

  private static void throwUnlessLost(ObjectStoreException failure) {
    if (failure.reason() != Reason.DAMAGED && failure.reason() != Reason.NOT_FOUND) {
      throw failure;
    }
  }

  /** Whatever is not as it was written: the files that are made again replace what is left. */
  private void setAside(String sweepId) {
    try {
      ReportFiles files = ReportFiles.open(store, sweepId);
      for (String path : files.paths()) {
        setAsideIfDamaged(ArtifactKeys.report(sweepId) + path, () -> files.file(path));
      }
    } catch (ObjectStoreException e) {
      setAside(ArtifactKeys.reportManifest(sweepId), e);
    }
  }

  private void setAsideIfDamaged(String key, Runnable read) {
    try {
      read.run();
    } catch (ObjectStoreException e) {
      setAside(key, e);
    }
  }

  private void setAside(String key, ObjectStoreException fault) {
    throwUnlessLost(fault);
    if (fault.reason() == Reason.DAMAGED) {
      mending.setAside(key, String.valueOf(fault.getMessage()));
    }
  }
}
