package dev.rote.trainer.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.checkpoints.StartingWeights;
import dev.rote.networks.Network;
import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.trainer.training.UnusableStartException;
import dev.rote.v1.StartCheckpoint;
import dev.rote.v1.StartFile;
import dev.rote.v1.StartSpec;
import dev.rote.weights.WeightFile;
import dev.rote.weights.WeightFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** What trials start from, in object storage. */
final class StoredStart {
  private final ObjectStore store;
  private final Path scratch;
  private final String numerics;

  /**
   * @param scratch directory for files on their way in
   * @param numerics family of numerics that a checkpoint must be of, if it names one
   */
  StoredStart(ObjectStore store, Path scratch, String numerics) {
    this.numerics = numerics;
    this.store = store;
    this.scratch = scratch;
  }

  /**
   * Writes it into a network.
   *
   * @throws UnusableStartException if it is gone or does not fit
   * @throws ObjectStoreException with reason {@code DAMAGED} if it is not what was stored
   */
  void write(StartSpec start, Network network) {
    try {
      if (start.hasCheckpoint()) {
        begin(start.getCheckpoint(), network);
      } else {
        begin(start.getFile(), network);
      }
    } catch (WeightFileException e) {
      throw new UnusableStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void begin(StartCheckpoint from, Network network) {
    String within = Ids.trialIdWithin(new TrialId(from.getTrialId()), numerics).value();
    boolean own = store.size(ArtifactKeys.checkpoint(within, from.getEpoch())).isPresent();
    String theirs = tryBegin(own ? within : from.getTrialId(), from, network);
    if (!theirs.isEmpty()) {
      throw new UnusableStartException(
          "trial %s, which this trial starts from, was trained in the numerics %s, and this one is in %s: run the sweep of that trial in these, write numerics: %s in this sweep, or export the checkpoint and start from the file"
              .formatted(from.getTrialId(), theirs, numerics, theirs));
    }
  }

  /** Begins with the checkpoint under an id; or which other numerics it is of. */
  private String tryBegin(String trialId, StartCheckpoint from, Network network) {
    String key = ArtifactKeys.checkpoint(trialId, from.getEpoch());
    try (CheckpointReader reader = CheckpointReader.open(store, key)) {
      String theirs = reader.header().getNumerics();
      if (!theirs.isEmpty() && !theirs.equals(numerics)) {
        return theirs;
      }
      CheckpointNetwork.begin(reader, network);
      return "";
    } catch (ObjectStoreException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      throw new UnusableStartException(
          "the checkpoint of epoch %d of trial %s, which this trial starts from, is gone: run the sweep of that trial again, keep its checkpoints, and raise retryFailed"
              .formatted(from.getEpoch(), from.getTrialId()),
          e);
    }
  }

  private void begin(StartFile from, Network network) {
    String key = ArtifactKeys.weights(from.getSha256());
    try {
      Files.createDirectories(scratch);
      Path file = Files.createTempFile(scratch, "start-", ".part");
      try {
        fetch(key, from, file);
        try (WeightFile weights = WeightFile.open(from.getPath(), file)) {
          StartingWeights.take(weights, network);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not fetch " + key + " to " + scratch, e);
    }
  }

  /* A damaged object makes room, so that the file is imported anew. */
  private void fetch(String key, StartFile from, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = store.open(key, 0);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      in.transferTo(out);
    }
    String actual = Sha256.hex(digest.digest());
    if (!actual.equals(from.getSha256())) {
      store.delete(key);
      throw ObjectStoreException.damaged(
          key, "the file of weights has SHA-256 " + actual + ", was stored as " + from.getSha256());
    }
  }
}
