package dev.rote.workqueue;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.rote.spec.Versions;
import dev.rote.v1.WorkItem;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of a work topic, which can hold anything. */
sealed interface Offer {

  /** Deliveries after which a record that was never settled is taken for the reason of that. */
  int MOST_DELIVERIES = 2;

  int LONGEST_ID = 512;

  int ID_TAG = WorkItem.WORK_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  /** The record as it came. */
  ConsumerRecord<String, byte[]> record();

  /** Names work that may be claimed. */
  sealed interface Claimable extends Offer {
    String workId();
  }

  /** Work of the right kind. */
  record Work(ConsumerRecord<String, byte[]> record, WorkItem item) implements Claimable {
    @Override
    public String workId() {
      return item.getWorkId();
    }
  }

  /**
   * Delivered twice before, and each time the worker ended, or had to begin anew, before it could
   * settle it. Only its id is read.
   */
  record Suspect(ConsumerRecord<String, byte[]> record, String workId) implements Claimable {}

  /** No work for this worker, nor for any other of its kind. */
  record Refused(ConsumerRecord<String, byte[]> record, String why) implements Offer {}

  /** Reads a record of the topic of a kind of work; throws nothing. */
  static Offer read(ConsumerRecord<String, byte[]> record, WorkKind kind) {
    byte[] value = record.value();
    if (value == null) {
      return new Refused(record, "it holds nothing (a tombstone)");
    }
    try {
      if (record.deliveryCount().orElse((short) 1) > MOST_DELIVERIES) {
        String id = idOf(value);
        return id.isEmpty() || id.length() > LONGEST_ID
            ? new Refused(record, "it was delivered twice without an end, and names no work")
            : new Suspect(record, id);
      }
      WorkItem item = WorkItem.parseFrom(value);
      String flaw = flaw(item, kind);
      return flaw.isEmpty() ? new Work(record, item) : new Refused(record, flaw);
    } catch (IOException e) {
      return new Refused(record, "it is no work item: " + e.getMessage());
    }
  }

  private static String flaw(WorkItem item, WorkKind kind) {
    if (item.getWorkCase() == WorkItem.WorkCase.WORK_NOT_SET) {
      return "it holds no work that this version of the worker knows";
    }
    if (WorkKind.of(item) != kind) {
      return "it holds " + item.getWorkCase() + ", which is not offered on " + kind.topic();
    }
    if (!Versions.isWellFormed(item.getVersions())) {
      return "its versions must be <corruption>/<engine>/<metrics>";
    }
    int length = item.getWorkId().length();
    return length == 0 || length > LONGEST_ID
        ? "its work id must be 1 to %d characters, was %d".formatted(LONGEST_ID, length)
        : "";
  }

  /* The id alone: what follows may be what no worker survives. */
  private static String idOf(byte[] value) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(value);
    String id = "";
    while (true) {
      int tag = in.readTag();
      if (tag == 0) {
        return id;
      }
      if (tag == ID_TAG) {
        id = in.readStringRequireUtf8();
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group that was never begun ends");
      }
    }
  }
}
