package dev.rote.weights;

import java.util.Arrays;
import java.util.Optional;

/**
 * Types of the values of an array, by the words of safetensors and of npy. All but {@link #F32} are
 * known so that their arrays can be measured and passed over.
 */
public enum ArrayType {
  /** IEEE 754 single precision: what weights are. */
  F32("<f4", Float.BYTES),
  /** Counters. */
  I64("<i8", Long.BYTES),
  F64("<f8", Double.BYTES),
  F16("<f2", Short.BYTES),
  /** The upper half of single precision; npy has no word for it. */
  BF16("", Short.BYTES),
  I32("<i4", Integer.BYTES),
  I16("<i2", Short.BYTES),
  I8("|i1", 1),
  U64("<u8", Long.BYTES),
  U32("<u4", Integer.BYTES),
  U16("<u2", Short.BYTES),
  U8("|u1", 1),
  BOOL("|b1", 1);

  private final String descr;
  private final int bytes;

  ArrayType(String descr, int bytes) {
    this.descr = descr;
    this.bytes = bytes;
  }

  /** Its word in the header of an npy file. */
  String descr() {
    return descr;
  }

  /** Bytes of a value. */
  int bytes() {
    return bytes;
  }

  static Optional<ArrayType> ofDescr(String descr) {
    return Arrays.stream(values()).filter(type -> type.descr.equals(descr)).findFirst();
  }

  static Optional<ArrayType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.name().equals(word)).findFirst();
  }
}
