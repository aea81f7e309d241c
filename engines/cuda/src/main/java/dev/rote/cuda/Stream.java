package dev.rote.cuda;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** Work on the card in one order. */
final class Stream implements AutoCloseable {
  /* Batch sizes come and go; each recording holds some memory of the card. */
  private static final int RECORDINGS = 16;

  /** Something to do on this stream that never changes; {@code graph} is made the second time. */
  private static final class Recording {
    private final CUgraphExec_st graph = new CUgraphExec_st();
  }

  private final CudaRuntime runtime;
  private final CUstream_st stream = new CUstream_st();
  private final Launch launch;
  private final Map<Object, Recording> recordings = new LinkedHashMap<>(16, 0.75f, true);

  Stream(CudaRuntime runtime) {
    this.runtime = runtime;
    Status.ofCuda(
        cudart.cudaStreamCreateWithFlags(stream, cudart.cudaStreamNonBlocking), "making a stream");
    this.launch = new Launch(stream);
  }

  CUstream_st handle() {
    return stream;
  }

  /** Begins to start a kernel. */
  Launch kernel(String name) {
    return launch.begin(name, runtime.kernels().function(name));
  }

  void toCard(Pointer host, Pointer card, long bytes) {
    copy(host, card, bytes, cudart.cudaMemcpyHostToDevice);
  }

  void toHost(Pointer card, Pointer host, long bytes) {
    copy(card, host, bytes, cudart.cudaMemcpyDeviceToHost);
  }

  private void copy(Pointer from, Pointer to, long bytes, int kind) {
    Status.ofCuda(cudart.cudaMemcpyAsync(to, from, bytes, kind, stream), "copying");
  }

  void clear(Pointer card, long bytes) {
    Status.ofCuda(cudart.cudaMemsetAsync(card, 0, bytes, stream), "clearing memory");
  }

  /** Waits for all that was begun. */
  void await() {
    Status.ofCuda(cudart.cudaStreamSynchronize(stream), "waiting for the card");
  }

  /**
   * Does work that begins the same operations on the same memory whenever it has this key: the
   * first time as it is, so that libraries load what they need; the second time it is recorded;
   * from then on the recording is started.
   */
  void replay(Object key, Runnable work) {
    Recording recording = recordings.get(key);
    if (recording == null) {
      synchronized (DeviceMemory.LOCK) {
        work.run();
      }
      recordings.put(key, new Recording());
      dropEldest();
    } else if (!recording.graph.isNull() || record(work, recording.graph)) {
      Status.ofCuda(cudart.cudaGraphLaunch(recording.graph, stream), "starting a recording");
    } else {
      work.run();
    }
  }

  /** Whether it could be recorded: a library that loads a kernel on another thread prevents it. */
  private boolean record(Runnable work, CUgraphExec_st recorded) {
    synchronized (DeviceMemory.LOCK) {
      try (Capture capture = new Capture()) {
        work.run();
        CUgraph_st graph = capture.end();
        Status.ofCuda(cudart.cudaGraphInstantiate(recorded, graph, 0), "preparing a recording");
        Status.ofCuda(cudart.cudaGraphDestroy(graph), "dropping a graph");
        return true;
      } catch (Status.DisturbedRecording e) {
        return false;
      }
    }
  }

  /** A recording under way. */
  private final class Capture implements AutoCloseable {
    private boolean under = true;

    Capture() {
      Status.ofCuda(
          cudart.cudaStreamBeginCapture(stream, cudart.cudaStreamCaptureModeThreadLocal),
          "beginning a recording");
    }

    CUgraph_st end() {
      CUgraph_st graph = new CUgraph_st();
      under = false;
      Status.ofCuda(cudart.cudaStreamEndCapture(stream, graph), "ending a recording");
      return graph;
    }

    /** Where the work failed its own error counts, not that of ending its recording. */
    @Override
    public void close() {
      if (under) {
        cudart.cudaStreamEndCapture(stream, new CUgraph_st());
      }
    }
  }

  private void dropEldest() {
    if (recordings.size() > RECORDINGS) {
      Object eldest = recordings.keySet().iterator().next();
      drop(recordings.remove(eldest));
    }
  }

  private static void drop(Recording recording) {
    if (!recording.graph.isNull()) {
      Status.ofCuda(cudart.cudaGraphExecDestroy(recording.graph), "dropping a recording");
    }
  }

  /** Drops the recordings, which hold addresses of memory that is about to be freed. */
  void forget() {
    await();
    recordings.values().forEach(Stream::drop);
    recordings.clear();
  }

  @Override
  public void close() {
    forget();
    launch.close();
    Status.ofCuda(cudart.cudaStreamDestroy(stream), "closing a stream");
  }
}
