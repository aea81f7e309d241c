package dev.rote.tables;

import com.google.protobuf.ByteString;

/** Bit fields of messages: bit i mod 8 of byte i / 8. */
final class Bits {
  private Bits() {}

  static boolean isSet(ByteString bits, int index) {
    return (bits.byteAt(index / 8) >> index % 8 & 1) == 1;
  }
}
