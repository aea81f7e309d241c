package dev.rote.corruption.datasets;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which hosts are asked for files. Whoever writes an address has this service ask it, from where it
 * stands: what only its own network reaches is not for him.
 */
public enum Hosts {
  /** Those of the internet; redirects are followed there. */
  PUBLIC,
  /** Those of this service's own network and machine, too; redirects are followed there. */
  PRIVATE_TOO,
  /** The one that a setting names, such as an object store; redirects are not followed. */
  NAMED;

  /**
   * Checks a host by all addresses that its name leads to.
   *
   * @throws NotAskedException when one of them may not be asked
   * @throws UnknownHostException when there is none
   */
  void check(String host) throws IOException {
    if (this != PUBLIC) {
      return;
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      check(host, address);
    }
  }

  /**
   * Checks an address that a connection was made to.
   *
   * @throws NotAskedException when it may not be asked
   */
  void check(String host, InetAddress address) throws IOException {
    if (this == PUBLIC && !isPublic(address)) {
      throw new NotAskedException(
          host
              + " is no host of the internet, and others are not asked"
              + " (rote.corruption.private-hosts): 'rote datasets put' puts a file where it can be"
              + " read");
    }
  }

  /** Whether an address is one of the internet, not of a machine or of a network of its own. */
  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    boolean shared = first == 100 && second >= 64 && second < 128;
    boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
    boolean benchmarks = first == 198 && (second == 18 || second == 19);
    return first != 0 && !shared && !protocols && !benchmarks && first < 240;
  }

  private static boolean isPublic6(byte[] bytes) {
    int first = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    int second = ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
    boolean unique = (bytes[0] & 0xFE) == 0xFC;
    boolean teredo = first == 0x2001 && second == 0;
    if (unique || teredo) {
      return false;
    }
    /* Addresses that lead to one of IPv4 within them: 6to4, NAT64, and those of old. */
    return switch (first) {
      case 0x2002 -> embedded(bytes, 2);
      case 0x0064 -> second == 0xFF9B && bytes[4] == 0 && bytes[5] == 0 && embedded(bytes, 12);
      case 0x0000 -> false;
      default -> true;
    };
  }

  private static boolean embedded(byte[] bytes, int at) {
    try {
      return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** An address leads where nothing is asked; the message may be told. */
  static final class NotAskedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAskedException(String message) {
      super(message);
    }
  }
}
