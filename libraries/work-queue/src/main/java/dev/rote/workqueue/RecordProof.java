package dev.rote.workqueue;

import com.google.protobuf.ByteString;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The header of a record by which its writer shows that it has a secret, and shows no more of it:
 * the HMAC-SHA256 of the record's value.
 */
public final class RecordProof {
  /** Name of the header. */
  public static final String HEADER = "rote-proof";

  private static final String ALGORITHM = "HmacSHA256";

  private RecordProof() {}

  /** The proof of a value, 32 bytes. */
  public static byte[] of(ByteString secret, byte[] value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.toByteArray(), ALGORITHM));
      return mac.doFinal(value);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Adds the proof of a value, unless the secret is empty. */
  static void add(ByteString secret, byte[] value, Headers headers) {
    if (!secret.isEmpty()) {
      headers.add(HEADER, of(secret, value));
    }
  }

  /** The proof that a record carries; empty for none. */
  public static Optional<byte[]> in(Headers headers) {
    return Optional.ofNullable(headers.lastHeader(HEADER)).map(Header::value);
  }

  /** Whether a proof is that of a value; takes the same time wherever they differ. */
  public static boolean holds(byte[] proof, ByteString secret, byte[] value) {
    return MessageDigest.isEqual(proof, of(secret, value));
  }
}
