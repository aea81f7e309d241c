package dev.rote.artifacts.reports;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.ReportFile;
import dev.rote.v1.ReportManifest;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores the files of a report and, at the end, what they are. One thread at a time. */
public final class ReportUpload {
  private final ObjectStore store;
  private final String sweepId;
  private final SortedMap<String, ReportFile> files = new TreeMap<>();

  public ReportUpload(ObjectStore store, String sweepId) {
    this.store = store;
    this.sweepId = sweepId;
  }

  /** Stores a file, replacing that of an earlier report. */
  public void write(String path, byte[] bytes) {
    store.put(ArtifactKeys.report(sweepId) + path, bytes);
    files.put(
        path,
        ReportFile.newBuilder()
            .setPath(path)
            .setSizeBytes(bytes.length)
            .setSha256(ByteString.copyFrom(Sha256.of(ByteBuffer.wrap(bytes))))
            .build());
  }

  /** Vouches for the files written: before, those of an earlier report are the ones that count. */
  public void finish() {
    StoredMessage.REPORT_MANIFEST.put(
        store, ReportManifest.newBuilder().setSweepId(sweepId).addAllFiles(files.values()).build());
  }
}
