package dev.rote.sweeps.workflow;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;

/** Entries of the state as messages. */
final class Entries {
  private Entries() {}

  static <T> T parse(String key, byte[] bytes, Parser<T> parser) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("damaged entry '" + key + "' of the workflow's state", e);
    }
  }
}
