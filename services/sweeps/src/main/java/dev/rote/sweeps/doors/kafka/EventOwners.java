package dev.rote.sweeps.doors.kafka;

import dev.rote.access.Caller;
import dev.rote.access.Role;
import dev.rote.sweeps.doors.Submitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Whose the sweeps of config events are: of the one owner of their topic or, of an event with the
 * headers {@code rote-owner} and {@code rote-signature}, of that owner. The signature is
 * HMAC-SHA256 of the record's value under a key that the owner and this service share, in
 * hexadecimal digits.
 *
 * @param byTopic whose the others are
 * @param signers file with a line for each owner that signs, {@code NAME KEY [GROUP]}, read for
 *     each event that is signed; empty: nobody signs
 */
public record EventOwners(String byTopic, Optional<Path> signers) {
  private static final String OWNER = "rote-owner";

  /** Header that proves whose an event is. */
  static final String SIGNATURE = "rote-signature";

  private static final String MAC = "HmacSHA256";

  /** An event that names an owner and is not signed by it; the message says what to do. */
  static final class UnsignedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsignedException(String message) {
      super(message);
    }
  }

  /** Whoever hands the sweep of an event in. */
  Submitter of(ConsumerRecord<byte[], byte[]> event) throws UnsignedException {
    Optional<String> named = header(event, OWNER);
    if (named.isEmpty()) {
      return Submitter.named(byTopic);
    }
    String[] signer = signer(named.get());
    String signature =
        header(event, SIGNATURE)
            .orElseThrow(
                () ->
                    new UnsignedException(
                        "an event with the header rote-owner needs rote-signature, HMAC-SHA256 of"
                            + " the value under the key of that owner in hexadecimal digits"));
    if (event.value() == null || !isOf(signature, signer[1], event.value())) {
      throw new UnsignedException(
          "the header rote-signature is not HMAC-SHA256 of the value under the key of rote-owner,"
              + " in hexadecimal digits");
    }
    return Submitter.of(
        new Caller(signer[0], Set.of(Role.SUBMITTER), signer.length > 2 ? signer[2] : ""));
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> event, String name) {
    Header header = event.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8).strip());
  }

  private String[] signer(String name) throws UnsignedException {
    if (signers.isEmpty()) {
      throw new UnsignedException(
          "the header rote-owner needs a file of those who sign, ROTE_ADMISSION_EVENT_SIGNERS, and"
              + " there is none: leave it out, and the sweep is the topic's owner's");
    }
    try {
      for (String line : Files.readAllLines(signers.get())) {
        String[] words = line.strip().split("\\s+", -1);
        boolean sound = words.length == 2 || (words.length == 3 && Caller.isName(words[2]));
        if (sound && words[0].equals(name) && Caller.isName(name)) {
          return words;
        }
      }
    } catch (IOException e) {
      throw new UnsignedException("the file of those who sign events cannot be read: " + e);
    }
    throw new UnsignedException("the header rote-owner names nobody who signs events here");
  }

  private static boolean isOf(String signature, String key, byte[] value) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
      return MessageDigest.isEqual(mac.doFinal(value), HexFormat.of().parseHex(signature));
    } catch (IllegalArgumentException e) {
      return false;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }
}
