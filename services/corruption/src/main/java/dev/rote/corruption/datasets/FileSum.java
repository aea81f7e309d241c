package dev.rote.corruption.datasets;

import dev.rote.artifacts.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;

/** How a file is summed. */
public enum FileSum {
  /** Of what people bring: the sum is its name, and nobody can make other content that has it. */
  SHA_256 {
    @Override
    public Summing begin() {
      MessageDigest digest = Sha256.digest();
      return new Summing() {
        @Override
        public void add(byte[] bytes, int offset, int length) {
          digest.update(bytes, offset, length);
        }

        @Override
        public String hex() {
          return Sha256.hex(digest.digest());
        }
      };
    }
  },

  /**
   * Of what this service has written itself and can make again, where a disk is what may change it:
   * a tenth of the time. RFC 3720, appendix B.4.
   */
  CRC_32C {
    @Override
    public Summing begin() {
      CRC32C sum = new CRC32C();
      return new Summing() {
        @Override
        public void add(byte[] bytes, int offset, int length) {
          sum.update(bytes, offset, length);
        }

        @Override
        public String hex() {
          return HexFormat.of().toHexDigits((int) sum.getValue());
        }
      };
    }
  };

  /** Sums nothing yet. */
  public abstract Summing begin();

  /** End of the name of a file that holds the sum of another. */
  String suffix() {
    return "." + name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** A sum under way; for one thread. */
  public interface Summing {
    /** Goes on with bytes. */
    void add(byte[] bytes, int offset, int length);

    /** The sum of all bytes in hexadecimal digits; nothing is added after. */
    String hex();
  }
}
