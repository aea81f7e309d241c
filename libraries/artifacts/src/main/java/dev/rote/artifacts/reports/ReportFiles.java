package dev.rote.artifacts.reports;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.Report;
import dev.rote.v1.ReportFile;
import dev.rote.v1.ReportManifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a stored report, each checked against the report's manifest when it is read. Reports
 * from before there were manifests have only the checks of {@link StoredMessage#REPORT}.
 */
public final class ReportFiles {
  /** The file that holds the {@link Report} itself. */
  private static final String REPORT = "report.pb";

  private static final int KEYS_AT_ONCE = 500;

  private final ObjectStore store;
  private final String sweepId;
  private final Optional<ReportManifest> manifest;

  private ReportFiles(ObjectStore store, String sweepId, Optional<ReportManifest> manifest) {
    this.store = store;
    this.sweepId = sweepId;
    this.manifest = manifest;
  }

  /**
   * Reads what the files are.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED}
   */
  public static ReportFiles open(ObjectStore store, String sweepId) {
    return new ReportFiles(store, sweepId, StoredMessage.REPORT_MANIFEST.find(store, sweepId));
  }

  /** Paths of all files, in order. */
  public List<String> paths() {
    if (manifest.isPresent()) {
      return manifest.get().getFilesList().stream().map(ReportFile::getPath).toList();
    }
    String prefix = ArtifactKeys.report(sweepId);
    List<String> paths = new ArrayList<>();
    String last = "";
    List<String> keys;
    do {
      keys = store.list(prefix, last, KEYS_AT_ONCE);
      for (String key : keys) {
        paths.add(key.substring(prefix.length()));
        last = key;
      }
    } while (keys.size() == KEYS_AT_ONCE);
    return paths;
  }

  /**
   * The bytes of a file.
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND} or {@code DAMAGED}
   */
  public byte[] file(String path) {
    String key = ArtifactKeys.report(sweepId) + path;
    byte[] bytes = store.get(key);
    if (manifest.isEmpty()) {
      if (path.equals(REPORT)) {
        StoredMessage.REPORT.read(sweepId, bytes);
      }
      return bytes;
    }
    String written =
        manifest.get().getFilesList().stream()
            .filter(file -> file.getPath().equals(path))
            .map(file -> Sha256.hex(file.getSha256().toByteArray()))
            .findFirst()
            .orElseThrow(
                () -> ObjectStoreException.damaged(key, "the report's manifest does not have it"));
    String actual = Sha256.hex(Sha256.of(ByteBuffer.wrap(bytes)));
    if (!actual.equals(written)) {
      throw ObjectStoreException.damaged(
          key, "its SHA-256 is " + actual + ", in the report's manifest it is " + written);
    }
    return bytes;
  }

  /**
   * The report itself.
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND} or {@code DAMAGED}
   */
  public Report report() {
    String key = ArtifactKeys.report(sweepId) + REPORT;
    Report report;
    try {
      report = Report.parseFrom(file(REPORT));
    } catch (InvalidProtocolBufferException e) {
      throw ObjectStoreException.damaged(key, "it is no report", e);
    }
    if (!report.getSweepId().equals(sweepId)) {
      throw ObjectStoreException.damaged(key, "it is the report of " + report.getSweepId());
    }
    return report;
  }
}
