package dev.rote.corruption.formats;

import java.nio.ByteBuffer;

/** A type of numbers in files. */
enum NumberType {
  BOOL(1, true, "truth values"),
  UINT8(1, true, "unsigned bytes"),
  INT8(1, true, "signed bytes"),
  UINT16(2, true, "unsigned 16-bit integers"),
  INT16(2, true, "16-bit integers"),
  UINT32(4, true, "unsigned 32-bit integers"),
  INT32(4, true, "32-bit integers"),
  UINT64(8, true, "unsigned 64-bit integers"),
  INT64(8, true, "64-bit integers"),
  FLOAT16(2, false, "16-bit floats"),
  FLOAT32(4, false, "32-bit floats"),
  FLOAT64(8, false, "64-bit floats");

  private static final int HALF_SHIFT = 13;
  private static final int HALF_BIAS = 112;

  private final int bytes;
  private final boolean whole;
  private final String words;

  NumberType(int bytes, boolean whole, String words) {
    this.bytes = bytes;
    this.whole = whole;
    this.words = words;
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Whether all are whole numbers. */
  boolean isWhole() {
    return whole;
  }

  /** Such as {@code 32-bit floats}. */
  String words() {
    return words;
  }

  /** The number at a position, as a float64. */
  double at(ByteBuffer from, int position) {
    return switch (this) {
      case BOOL -> from.get(position) == 0 ? 0 : 1;
      case UINT8 -> from.get(position) & 0xFF;
      case INT8 -> from.get(position);
      case UINT16 -> from.getShort(position) & 0xFFFF;
      case INT16 -> from.getShort(position);
      case UINT32 -> Integer.toUnsignedLong(from.getInt(position));
      case INT32 -> from.getInt(position);
      case UINT64 -> unsigned(from.getLong(position));
      case INT64 -> from.getLong(position);
      case FLOAT16 -> half(from.getShort(position));
      case FLOAT32 -> from.getFloat(position);
      case FLOAT64 -> from.getDouble(position);
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (double) (bits >>> 1) * 2 + (bits & 1);
  }

  /** An IEEE 754 binary16. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float small = fraction * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent + HALF_BIAS;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << HALF_SHIFT);
  }
}
