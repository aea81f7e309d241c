package dev.rote.corruption.datasets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Encrypts connections to hosts that may be asked. A name may lead elsewhere when it is looked up
 * again: what counts is the address that a connection was made to.
 */
final class CheckedSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final Hosts hosts;

  CheckedSockets(SSLSocketFactory sockets, Hosts hosts) {
    this.sockets = sockets;
    this.hosts = hosts;
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    hosts.check(host, connected.getInetAddress());
    return sockets.createSocket(connected, host, port, autoClose);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unchecked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw unchecked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unchecked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw unchecked();
  }

  /* HttpURLConnection connects first and encrypts then. */
  private static SocketException unchecked() {
    return new SocketException("a connection is encrypted when its address was checked");
  }
}
