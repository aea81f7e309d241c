package dev.rote.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** The authorities of a file that a client believes instead of those of the JVM. */
record Authorities(SSLContext context, X509TrustManager trust) {

  /**
   * Reads certificates.
   *
   * @throws IllegalArgumentException when the file cannot be read, or holds none
   */
  static Authorities of(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw new IllegalArgumentException(file + " (rote.s3.ca) holds no certificate of PEM");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      TrustManager[] managers = factory.getTrustManagers();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return new Authorities(
          context,
          Arrays.stream(managers)
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " (rote.s3.ca) must hold certificates of PEM: " + e.getMessage(), e);
    }
  }

  void believe(OkHttpClient.Builder client) {
    client.sslSocketFactory(context.getSocketFactory(), trust);
  }
}
