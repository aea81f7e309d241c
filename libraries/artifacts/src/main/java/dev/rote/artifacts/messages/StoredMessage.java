package dev.rote.artifacts.messages;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.v1.HistoryPart;
import dev.rote.v1.Measurement;
import dev.rote.v1.Report;
import dev.rote.v1.ReportManifest;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TrialNumerics;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VariantManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A kind of message in object storage, and the one way in and out of it. Nothing is passed on that
 * was not checked: the SHA-256 before the message and the id inside, which must be that of the key.
 * Objects from before messages had a SHA-256 must be made of their known fields alone, and their
 * specification must give their id.
 *
 * <p>Whatever reads throws {@link ObjectStoreException} with reason {@code DAMAGED}, the key and
 * what differs.
 */
public final class StoredMessage<T extends Message> {
  /** Results of trials, by trial. */
  public static final StoredMessage<TrialResult> TRIAL_RESULT =
      new StoredMessage<>(
          "the result of trial",
          ArtifactKeys::trialResult,
          TrialResult.parser(),
          TrialResult::getTrialId,
          UnsealedMessages::misfit);

  /** Which family of numerics has the id of a trial, by trial. */
  public static final StoredMessage<TrialNumerics> TRIAL_NUMERICS =
      new StoredMessage<>(
          "the numerics of trial",
          ArtifactKeys::trialNumerics,
          TrialNumerics.parser(),
          TrialNumerics::getTrialId,
          numerics -> Optional.of("it has no SHA-256"));

  /** Parts of the histories of trials, by {@link #historyPart}. */
  public static final StoredMessage<HistoryPart> HISTORY_PART =
      new StoredMessage<>(
          "a part of the history of trial",
          ArtifactKeys::historyPart,
          HistoryPart.parser(),
          part -> historyPart(part.getTrialId(), part.getFirstEpoch()),
          part -> Optional.of("it has no SHA-256"));

  /** Blocks of the traces of trials, by {@link #traceBlock}. */
  public static final StoredMessage<TraceBlock> TRACE_BLOCK =
      new StoredMessage<>(
          "a block of the trace of trial",
          ArtifactKeys::traceBlock,
          TraceBlock.parser(),
          block -> traceBlock(block.getTrialId(), block.getEpoch(), block.getBlock()),
          block -> Optional.of("it has no SHA-256"));

  /** Blocks of an epoch under way, by {@link #traceUnderWay}. */
  public static final StoredMessage<TraceBlock> TRACE_UNDER_WAY =
      new StoredMessage<>(
          "a block of an epoch under way of trial",
          ArtifactKeys::traceUnderWay,
          TraceBlock.parser(),
          block -> traceUnderWay(block.getTrialId(), block.getSteps(), block.getBlock()),
          block -> Optional.of("it has no SHA-256"));

  /** Measurements, by their ids. */
  public static final StoredMessage<Measurement> MEASUREMENT =
      new StoredMessage<>(
          "measurement",
          ArtifactKeys::measurement,
          Measurement.parser(),
          Measurement::getMeasurementId,
          UnsealedMessages::misfit);

  /** Manifests of variants, by variant. */
  public static final StoredMessage<VariantManifest> VARIANT_MANIFEST =
      new StoredMessage<>(
          "the manifest of variant",
          ArtifactKeys::variantManifest,
          VariantManifest.parser(),
          VariantManifest::getVariantId,
          UnsealedMessages::misfit);

  /** Manifests of reports, by sweep. */
  public static final StoredMessage<ReportManifest> REPORT_MANIFEST =
      new StoredMessage<>(
          "the manifest of the report of sweep",
          ArtifactKeys::reportManifest,
          ReportManifest.parser(),
          ReportManifest::getSweepId,
          manifest -> Optional.of("it has no SHA-256"));

  /** Reports, by sweep. They are stored without a SHA-256, which their manifests have. */
  public static final StoredMessage<Report> REPORT =
      new StoredMessage<>(
          "the report of sweep",
          sweepId -> ArtifactKeys.report(sweepId) + "report.pb",
          Report.parser(),
          Report::getSweepId,
          report -> Optional.empty());

  private final String name;
  private final UnaryOperator<String> keys;
  private final Parser<T> parser;
  private final Function<T, String> ids;
  private final Function<T, Optional<String>> misfit;

  /**
   * @param misfit what does not fit together in a message without a SHA-256
   */
  private StoredMessage(
      String name,
      UnaryOperator<String> keys,
      Parser<T> parser,
      Function<T, String> ids,
      Function<T, Optional<String>> misfit) {
    this.name = name;
    this.keys = keys;
    this.parser = parser;
    this.ids = ids;
    this.misfit = misfit;
  }

  /** The id of a part of a trial's history. */
  public static String historyPart(String trialId, int firstEpoch) {
    return String.format(Locale.ROOT, "%s/%07d", trialId, firstEpoch);
  }

  /** The id of a block of a trial's trace. */
  public static String traceBlock(String trialId, int epoch, int block) {
    return String.format(Locale.ROOT, "%s/%07d/%05d", trialId, epoch, block);
  }

  /** The id of a block of the epoch that a trial is in after so many steps. */
  public static String traceUnderWay(String trialId, long steps, int block) {
    return String.format(Locale.ROOT, "%s/%015d/%05d", trialId, steps, block);
  }

  /** The message of that id, if there is one. */
  public Optional<T> find(ObjectStore store, String id) {
    return store.find(keys.apply(id)).map(object -> read(id, object));
  }

  /**
   * The message of that id.
   *
   * @throws ObjectStoreException also with reason {@code NOT_FOUND}
   */
  public T get(ObjectStore store, String id) {
    return read(id, store.get(keys.apply(id)));
  }

  /**
   * Stores a message unless there is one under its id.
   *
   * @return whether this call stored it
   */
  public boolean putIfAbsent(ObjectStore store, T message) {
    return store.putIfAbsent(keys.apply(ids.apply(message)), toBytes(message));
  }

  /** Stores a message, replacing what is there. Only for reports, which have no content id. */
  public void put(ObjectStore store, T message) {
    store.put(keys.apply(ids.apply(message)), toBytes(message));
  }

  /** The object that a message is stored as; equal messages give equal bytes. */
  public byte[] toBytes(T message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getSerializedSize());
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Seal.onto(bytes.toByteArray());
  }

  /** The message in the object that lies under the key of an id. */
  public T read(String id, byte[] object) {
    String key = keys.apply(id);
    boolean sealed = Seal.isOn(key, object);
    byte[] bytes = sealed ? Seal.off(key, object) : object;
    T message = parse(key, bytes, sealed);
    String inside = ids.apply(message);
    if (!inside.equals(id)) {
      throw ObjectStoreException.damaged(key, "it is " + name + " '" + inside + "'");
    }
    if (!sealed) {
      misfit(key, message)
          .ifPresent(
              what -> {
                throw ObjectStoreException.damaged(key, what);
              });
    }
    return message;
  }

  private Optional<String> misfit(String key, T message) {
    try {
      return misfit.apply(message);
    } catch (IllegalArgumentException e) {
      throw ObjectStoreException.damaged(key, "no specification is like its own", e);
    }
  }

  private T parse(String key, byte[] bytes, boolean sealed) {
    T message;
    try {
      message = DiscardUnknownFieldsParser.wrap(parser).parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw ObjectStoreException.damaged(key, "it cannot be read as " + name, e);
    }
    /* A newer version may have sealed fields that this one does not know. */
    if (!sealed && !Arrays.equals(message.toByteArray(), bytes)) {
      throw ObjectStoreException.damaged(key, "it holds what no version has written");
    }
    return message;
  }
}
