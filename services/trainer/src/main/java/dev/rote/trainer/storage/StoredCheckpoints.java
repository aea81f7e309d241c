package dev.rote.trainer.storage;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.artifacts.mending.Mending;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.networks.Network;
import dev.rote.trainer.training.Checkpoints;
import dev.rote.trainer.training.History;
import dev.rote.trainer.training.Trace;
import dev.rote.trainer.training.Trial;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Checkpoints of one run in object storage. */
public final class StoredCheckpoints implements Checkpoints {
  private static final Logger LOG = Logger.getLogger(StoredCheckpoints.class);
  private static final int PAGE = 1000;

  private final ObjectStore store;
  private final Path scratch;
  private final String numerics;
  private final Mending mending;
  private final StoredHistory history;

  /**
   * Transient checkpoints that are there, and what traces keep beside them: seen by {@link #resume}
   * or written since.
   */
  private final Set<String> resumePoints = new HashSet<>();

  /**
   * @param scratch directory for checkpoints on their way out
   * @param numerics family of numerics that they are of: training goes on from no others
   */
  public StoredCheckpoints(ObjectStore store, Path scratch, String numerics) {
    this.numerics = numerics;
    this.store = store;
    this.scratch = scratch;
    this.mending = new Mending(store);
    this.history = new StoredHistory(store);
  }

  @Override
  public void begin(Trial trial, Network network) {
    if (trial.spec().hasStart()) {
      new StoredStart(store, scratch, numerics).write(trial.spec().getStart(), network);
    }
  }

  /** A stored checkpoint and how far it is. */
  private record Candidate(String key, long steps, int epoch, boolean transientOne) {}

  @Override
  public Optional<Resumed> resume(Trial trial, Network network, Trace trace) {
    Set<String> kept = Set.copyOf(keys(ArtifactKeys.checkpoints(trial.id())));
    for (Candidate candidate : candidates(trial, kept)) {
      if (!candidate.transientOne() && !trace.reaches(candidate.epoch())) {
        continue;
      }
      try {
        Optional<CheckpointHeader> loaded = load(candidate.key(), trial, network);
        if (loaded.isEmpty()) {
          continue;
        }
        CheckpointHeader header = loaded.get();
        History behind = history.whole(header);
        if (!behind.kept().stream().allMatch(ref -> kept.contains(ref.getKey()))) {
          LOG.infof("%s is passed over: checkpoints before it were pruned", candidate.key());
          continue;
        }
        if (!trace.takesUp(header)) {
          LOG.infof("%s is passed over: the trace before it is not whole", candidate.key());
          continue;
        }
        if (!candidate.transientOne()) {
          behind.kept().add(ref(header, candidate.key(), store.size(candidate.key()).orElse(0L)));
        }
        return Optional.of(new Resumed(header, behind));
      } catch (ObjectStoreException e) {
        if (e.reason() != Reason.DAMAGED && e.reason() != Reason.NOT_FOUND) {
          throw e;
        }
        LOG.warnf("refused: %s; an older checkpoint is tried", e.getMessage());
        setAside(candidate.key(), e);
      }
    }
    return Optional.empty();
  }

  /**
   * What cannot be gone on from makes room, so that it is written anew; a part of a history does,
   * too, and so does what a trace keeps beside a checkpoint.
   */
  private void setAside(String candidate, ObjectStoreException e) {
    String culprit = e.key().orElse(candidate);
    if (culprit.startsWith(candidate) && e.reason() == Reason.DAMAGED) {
      mending.setAside(culprit, String.valueOf(e.getMessage()));
    } else {
      mending.mend(culprit);
    }
  }

  /** Furthest first; a kept checkpoint before a transient one of as many steps. */
  private List<Candidate> candidates(Trial trial, Set<String> kept) {
    List<Candidate> candidates = new ArrayList<>();
    for (String key : kept) {
      number(key)
          .ifPresent(
              epoch ->
                  candidates.add(
                      new Candidate(
                          key,
                          trial.schedule().stepsAfter((int) (long) epoch),
                          (int) (long) epoch,
                          false)));
    }
    resumePoints.addAll(keys(ArtifactKeys.resumePoints(trial.id())));
    for (String key : resumePoints) {
      number(key).ifPresent(steps -> candidates.add(new Candidate(key, steps, 0, true)));
    }
    candidates.sort(
        Comparator.comparingLong(Candidate::steps)
            .thenComparing(c -> !c.transientOne())
            .thenComparingInt(Candidate::epoch)
            .reversed());
    return candidates;
  }

  private static Optional<Long> number(String key) {
    String last = key.substring(key.lastIndexOf('/') + 1);
    return last.matches("\\d{1,15}") ? Optional.of(Long.valueOf(last)) : Optional.empty();
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    List<String> page = store.list(prefix, "", PAGE);
    while (!page.isEmpty()) {
      keys.addAll(page);
      page = page.size() < PAGE ? List.of() : store.list(prefix, page.get(page.size() - 1), PAGE);
    }
    return keys;
  }

  /** Loads a checkpoint; one of other numerics, or of none, makes room and is none. */
  private Optional<CheckpointHeader> load(String key, Trial trial, Network network) {
    try (CheckpointReader reader = CheckpointReader.open(store, key)) {
      String theirs = reader.header().getNumerics();
      if (!theirs.equals(numerics)) {
        String why =
            "it is of %s, and training goes on in the numerics %s"
                .formatted(theirs.isEmpty() ? "numerics that it does not name" : theirs, numerics);
        LOG.warnf("%s is set aside: %s", key, why);
        mending.setAside(key, why);
        return Optional.empty();
      }
      if (!reader.header().getModel().equals(trial.spec().getModel())) {
        throw reader.damaged("is of another model than trial " + trial.id());
      }
      CheckpointNetwork.resume(reader, network);
      return Optional.of(reader.header());
    }
  }

  @Override
  public CheckpointRef keep(CheckpointHeader header, History behind, Network network) {
    String key = ArtifactKeys.checkpoint(header.getTrialId(), header.getEpoch());
    CheckpointRef ref = ref(header, key, put(key, history.cut(header, behind), network));
    removeResumePointsBut("");
    return ref;
  }

  @Override
  public void keepForResume(CheckpointHeader header, History behind, Network network) {
    String key = ArtifactKeys.resumePoint(header.getTrialId(), header.getSteps());
    put(key, history.cut(header, behind), network);
    resumePoints.addAll(keys(ArtifactKeys.resumePoints(header.getTrialId())));
    removeResumePointsBut(key);
  }

  @Override
  public void forgetResume(String trialId) {
    /* Also those of a run that had lost its lease and did not know it. */
    resumePoints.addAll(keys(ArtifactKeys.resumePoints(trialId)));
    removeResumePointsBut("");
  }

  private void removeResumePointsBut(String kept) {
    for (String key : List.copyOf(resumePoints)) {
      if (!key.equals(kept) && (kept.isEmpty() || !key.startsWith(kept + "-"))) {
        store.delete(key);
        resumePoints.remove(key);
      }
    }
  }

  private static CheckpointRef ref(CheckpointHeader header, String key, long size) {
    return CheckpointRef.newBuilder()
        .setEpoch(header.getEpoch())
        .setSteps(header.getSteps())
        .setKey(key)
        .setSizeBytes(size)
        .build();
  }

  /** Stores a checkpoint unless it is there and says how large it is. */
  private long put(String key, CheckpointHeader header, Network network) {
    try {
      Files.createDirectories(scratch);
      Path file = Files.createTempFile(scratch, "checkpoint-", ".part");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
          CheckpointWriter.write(header, network::read, out);
        }
        long size = Files.size(file);
        return store.putIfAbsent(key, file) ? size : store.size(key).orElse(size);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write checkpoint " + key + " to " + scratch, e);
    }
  }
}
