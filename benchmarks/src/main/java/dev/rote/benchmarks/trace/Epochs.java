package dev.rote.benchmarks.trace;

import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.benchmarks.race.Work;
import dev.rote.embedded.ObjectStoreServer;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.trainer.training.Checkpoints;
import dev.rote.trainer.training.Examples;
import dev.rote.trainer.training.History;
import dev.rote.trainer.training.RecordedTrace;
import dev.rote.trainer.training.RunControl;
import dev.rote.trainer.training.RunEnd;
import dev.rote.trainer.training.Trace;
import dev.rote.trainer.training.Trial;
import dev.rote.trainer.training.TrialRun;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Epochs of a trial, as the trainer runs them. */
final class Epochs implements Work {
  private static final String ACCESS = "bench";
  private static final String SECRET = "bench-secret";
  private static final int CHECKED = 1;

  private final TraceCase each;
  private final boolean traced;
  private final S3ObjectStore store;
  private final Path scratch;
  private final Examples train;
  private final Examples validation;
  private int runs;

  private Epochs(TraceCase each, boolean traced, S3ObjectStore store, Path scratch) {
    this.each = each;
    this.traced = traced;
    this.store = store;
    this.scratch = scratch;
    this.train = new Drawn(each, each.examples());
    this.validation = new Drawn(each, 1);
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory for files, {@code traced} or {@code plain}
   */
  public static void main(String[] arguments) throws IOException {
    Path files = Files.createTempDirectory(Path.of(arguments[1]), arguments[2]);
    Path objects = Files.createDirectory(files.resolve("objects"));
    try (ObjectStoreServer server = ObjectStoreServer.start(objects, freePort(), ACCESS, SECRET);
        S3ObjectStore store =
            S3ObjectStore.connect(
                new ObjectStoreSettings(
                    server.endpoint(), ACCESS, SECRET, "bucket", Duration.ofSeconds(20)))) {
      boolean traced = arguments[2].equals("traced");
      Work.serve(new Epochs(TraceCase.named(arguments[0]), traced, store, files));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public double[] check() {
    return new double[] {train(CHECKED).getHistory(CHECKED).getTrain().getLoss()};
  }

  @Override
  public void run(int times) {
    train(times);
  }

  private TrialResult train(int epochs) {
    String id = "run" + runs++;
    Trial trial = new Trial(id, "variant", each.spec(epochs), train, validation);
    Trace trace =
        traced
            ? new RecordedTrace(trial, new StoredTrace(store, id, train.count()), scratch)
            : Trace.NONE;
    RunEnd end =
        new TrialRun(
                trial,
                Engines.named(Engines.DEFAULT),
                new NoCheckpoints(),
                trace,
                new Undisturbed(),
                Duration.ofHours(1),
                System::nanoTime)
            .run();
    return ((RunEnd.Finished) end).result();
  }

  /** Pictures of noise, one of which serves for many. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Drawn(TraceCase each, int count, float[] pool) implements Examples {
    private static final int POOL = 1 << 20;

    Drawn(TraceCase each, int count) {
      this(each, count, new float[POOL + length(each.shape())]);
      CounterRandom.of(1, "bench").fillGaussian(pool, 0, pool.length, 0, 0, 0.2, 0.5);
    }

    private static int length(Shape shape) {
      return shape.getChannels() * shape.getHeight() * shape.getWidth();
    }

    @Override
    public Shape shape() {
      return each.shape();
    }

    @Override
    public int classes() {
      return TraceCase.CLASSES;
    }

    @Override
    public void inputs(int[] indices, int n, float[] out) {
      int length = length(each.shape());
      for (int i = 0; i < n; i++) {
        System.arraycopy(pool, indices[i] * 17 % POOL, out, i * length, length);
      }
    }

    @Override
    public int label(int index) {
      return index % TraceCase.CLASSES;
    }

    @Override
    public boolean corrupted(int index) {
      return false;
    }
  }

  private static final class Undisturbed implements RunControl {
    @Override
    public boolean shouldStop() {
      return false;
    }

    @Override
    public void progress(TrialProgress progress) {}
  }

  private static final class NoCheckpoints implements Checkpoints {
    @Override
    public Optional<Resumed> resume(Trial trial, Network network, Trace trace) {
      return Optional.empty();
    }

    @Override
    public void begin(Trial trial, Network network) {}

    @Override
    public CheckpointRef keep(CheckpointHeader header, History history, Network network) {
      return CheckpointRef.getDefaultInstance();
    }

    @Override
    public void keepForResume(CheckpointHeader header, History history, Network network) {}

    @Override
    public void forgetResume(String trialId) {}
  }
}
