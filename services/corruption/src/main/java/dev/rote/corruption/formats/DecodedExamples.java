package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.DatasetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The examples of a reader in its order, with their pictures decoded: by the thread that asks, and
 * by others that are ahead of it. What is read ahead and what is decoded ahead take a part of the
 * heap each, whatever the pictures; the first failure is the one that reading one by one meets. For
 * one thread.
 */
public final class DecodedExamples implements AutoCloseable {
  /* Small pictures come in batches, since handing one over takes as long as decoding it. */
  private static final int BATCH = 16;
  private static final long BATCH_BYTES = 1 << 18;
  private static final int BATCHES_A_THREAD = 2;
  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final PictureDecoder.Ahead NOT_YET = new PictureDecoder.Ahead(null, 0);

  private final ExampleReader reader;
  private final DecodingRoom room;
  private final long mostWaiting;
  private final int mostBatches;
  private final @Nullable ExecutorService helpers;
  private final Queue<PictureDecoder> decoders = new ConcurrentLinkedQueue<>();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private final Batch single = new Batch();
  private @Nullable Batch current;
  private long waiting;
  private boolean ended;

  /**
   * @param reader closed by the caller
   * @param helpers threads beside the one that asks; with none, nothing is read ahead
   */
  DecodedExamples(ExampleReader reader, int helpers, DecodingRoom room) {
    this.reader = reader;
    this.room = room;
    this.mostWaiting = room.mostAhead() / 2;
    this.mostBatches = BATCHES_A_THREAD * (1 + helpers);
    this.helpers =
        helpers == 0 ? null : Executors.newFixedThreadPool(helpers, DecodedExamples::thread);
  }

  /** With as many helpers as the machine has cores beside the one of the caller. */
  public static DecodedExamples of(ExampleReader reader) {
    return new DecodedExamples(
        reader, Runtime.getRuntime().availableProcessors() - 1, DecodingRoom.OF_HEAP);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "decoding-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The next example, valid until the next call; null after the last.
   *
   * @throws DatasetException naming file and row when there is none to be read
   */
  public @Nullable Example next() {
    while (true) {
      Batch now = current;
      if (now != null && now.hasNext()) {
        return now.next();
      }
      current = helpers == null ? alone() : inTurn(helpers);
      if (current == null) {
        return null;
      }
      current.await();
    }
  }

  private @Nullable Batch alone() {
    single.clear();
    return single.read() ? single : null;
  }

  /** The oldest batch, after those that there is room for were begun. */
  private @Nullable Batch inTurn(ExecutorService others) {
    while (!ended && batches.size() < mostBatches && mayReadOn()) {
      Batch batch = new Batch();
      while (batch.isOpen() && !ended) {
        ended = !batch.read();
      }
      if (batch.isEmpty()) {
        break;
      }
      waiting += batch.bytes;
      batches.add(batch);
      if (batch.isOfPictures()) {
        others.execute(batch.task);
      }
    }
    Batch oldest = batches.poll();
    waiting -= oldest == null ? 0 : oldest.bytes;
    return oldest;
  }

  /* Inputs that are no encoded pictures may be the reader's own memory, which it fills again. */
  private boolean mayReadOn() {
    Batch newest = batches.peekLast();
    return newest == null || (newest.isOfPictures() && waiting < mostWaiting);
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdownNow();
      boolean interrupted = false;
      boolean over = false;
      while (!over) {
        try {
          over = helpers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    batches.forEach(Batch::giveBack);
    if (current != null) {
      current.giveBack();
    }
    decoders.forEach(PictureDecoder::close);
  }

  /** Examples that one thread decodes one after the other. */
  private final class Batch {
    /* What was taken is no longer held: a picture may be as large as the room. */
    private final Deque<Example> examples = new ArrayDeque<>();
    private final Deque<PictureDecoder.Ahead> ahead = new ArrayDeque<>();
    private final FutureTask<@Nullable Void> task = new FutureTask<>(this::decodeAhead, null);
    private @Nullable RuntimeException failure;
    private @Nullable DatasetException decoding;
    private long bytes;

    /** Reads one more example; false when there is none, or none that can be read. */
    boolean read() {
      Example example = new Example();
      try {
        if (!reader.next(example)) {
          return false;
        }
      } catch (RuntimeException e) {
        /* Its turn comes after all that were read before. */
        failure = e;
        ended = true;
        return helpers == null;
      }
      examples.add(example);
      byte[] encoded = example.encoded();
      bytes += encoded == null ? 0 : encoded.length;
      return true;
    }

    void clear() {
      examples.clear();
      failure = null;
      bytes = 0;
    }

    boolean isEmpty() {
      return examples.isEmpty() && failure == null;
    }

    boolean isOpen() {
      return failure == null
          && examples.size() < BATCH
          && bytes < BATCH_BYTES
          && (examples.isEmpty() || isOfPictures());
    }

    boolean isOfPictures() {
      Example last = examples.peekLast();
      return last != null && last.encoded() != null;
    }

    boolean hasNext() {
      return !isEmpty();
    }

    Example next() {
      if (examples.isEmpty() && failure != null) {
        throw failure;
      }
      Example example = examples.remove();
      byte[] encoded = example.encoded();
      if (encoded != null) {
        example.decoded(picture(example, encoded));
      }
      return example;
    }

    private Picture picture(Example example, byte[] encoded) {
      if (ahead.isEmpty() && decoding != null) {
        throw decoding;
      }
      PictureDecoder.Ahead done = ahead.isEmpty() ? NOT_YET : ahead.remove();
      Picture there = done.picture();
      room.giveBack(done.bytes());
      return there == null
          ? decoding(decoder -> decoder.decode(encoded, example.file(), example.place()))
          : there;
    }

    /** Decodes those that there is room for, up to the first that cannot be decoded. */
    private void decodeAhead() {
      try {
        for (Example example : examples) {
          byte[] encoded = Objects.requireNonNull(example.encoded());
          ahead.add(
              decoding(decoder -> decoder.decodeAhead(encoded, example.file(), example.place())));
        }
      } catch (DatasetException e) {
        decoding = e;
      }
    }

    /* Decodes it where no helper does, and else what comes after it until the helper is done. */
    void await() {
      if (helpers == null || !isOfPictures()) {
        return;
      }
      task.run();
      for (Batch later : batches) {
        if (!task.isDone() && later.isOfPictures()) {
          later.task.run();
        }
      }
      try {
        task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e.getCause() instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while pictures were decoded");
      }
    }

    /** Gives back the room of pictures that nobody took. */
    void giveBack() {
      ahead.forEach(each -> room.giveBack(each.bytes()));
    }
  }

  private <T> T decoding(Function<PictureDecoder, T> work) {
    PictureDecoder free = decoders.poll();
    PictureDecoder decoder = free == null ? new PictureDecoder(room) : free;
    try {
      return work.apply(decoder);
    } finally {
      decoders.add(decoder);
    }
  }
}
