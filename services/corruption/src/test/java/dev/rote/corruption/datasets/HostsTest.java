package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "2002:0a00:0001::1",
        "2001:0:1::1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1"
      })
  void isPublic_ownNetworkAndMachine_no(String address) throws UnknownHostException {
    assertThat(Hosts.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2002:0808:0808::1",
        "64:ff9b::8.8.8.8"
      })
  void isPublic_internet_yes(String address) throws UnknownHostException {
    assertThat(Hosts.isPublic(InetAddress.getByName(address))).isTrue();
  }
}
