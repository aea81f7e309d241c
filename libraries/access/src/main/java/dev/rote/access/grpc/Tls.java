package dev.rote.access.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link TlsFiles} hold, as they are now: a file that was changed counts from the next look
 * on, for connections that begin then. One that is wrong, or half written, leaves what was.
 */
public final class Tls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tls.class);

  private final Optional<AdvancedTlsX509KeyManager> identity;
  private final Optional<AdvancedTlsX509TrustManager> trust;
  private final Optional<ScheduledExecutorService> looks;

  private Tls(TlsFiles files, Duration period) {
    identity = files.certificate().map(chain -> identity(chain, files.key().orElseThrow()));
    trust = files.ca().map(Tls::trust);
    looks = identity.isEmpty() && trust.isEmpty() ? Optional.empty() : Optional.of(clock());
    identity.ifPresent(
        manager -> {
          Path chain = files.certificate().orElseThrow();
          Path key = files.key().orElseThrow();
          look(
              new WatchedFiles(List.of(chain, key)),
              () -> manager.updateIdentityCredentials(chain.toFile(), key.toFile()),
              period);
        });
    trust.ifPresent(
        manager -> {
          Path ca = files.ca().orElseThrow();
          look(
              new WatchedFiles(List.of(ca)),
              () -> manager.updateTrustCredentials(ca.toFile()),
              period);
        });
  }

  /** Shows no certificate, and believes the authorities of the JVM. */
  public static Tls none() {
    return new Tls(TlsFiles.none(), Duration.ZERO);
  }

  /**
   * Reads files.
   *
   * @param period time between looks at them
   * @throws IllegalArgumentException when one cannot be read, or is not what it must be
   */
  public static Tls of(TlsFiles files, Duration period) {
    return new Tls(files, period);
  }

  private static ScheduledExecutorService clock() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "rote-certificates");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static AdvancedTlsX509KeyManager identity(Path chain, Path key) {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    try {
      manager.updateIdentityCredentials(chain.toFile(), key.toFile());
      return manager;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw wrong(
          "the certificate " + chain + " or its key " + key, "a chain and a PKCS#8 key of PEM", e);
    }
  }

  private static AdvancedTlsX509TrustManager trust(Path file) {
    try {
      AdvancedTlsX509TrustManager manager = AdvancedTlsX509TrustManager.newBuilder().build();
      manager.updateTrustCredentials(file.toFile());
      return manager;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw wrong("the authorities' certificates " + file, "certificates of PEM", e);
    }
  }

  /** Takes what files hold. */
  @FunctionalInterface
  private interface Update {
    void take() throws IOException, GeneralSecurityException;
  }

  private void look(WatchedFiles files, Update update, Duration period) {
    var unused =
        looks
            .orElseThrow()
            .scheduleWithFixedDelay(
                () -> {
                  try {
                    if (files.changed()) {
                      update.take();
                      files.taken();
                      log.info("{} were renewed", files);
                    }
                  } catch (IOException | GeneralSecurityException | RuntimeException e) {
                    log.error("{} were changed and cannot be taken; what was goes on", files, e);
                  }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private static IllegalArgumentException wrong(String what, String wanted, Exception cause) {
    return new IllegalArgumentException(
        what + " cannot be taken, it must be " + wanted + ": " + cause.getMessage(), cause);
  }

  /** The certificate to show, with its key; empty for none. */
  public Optional<X509ExtendedKeyManager> identity() {
    return identity.map(manager -> manager);
  }

  /** The authorities to believe; empty for those of the JVM. */
  public Optional<X509ExtendedTrustManager> trust() {
    return trust.map(manager -> manager);
  }

  ChannelCredentials credentials() {
    TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
    identity.ifPresent(manager -> credentials.keyManager(manager));
    trust.ifPresent(manager -> credentials.trustManager(manager));
    return credentials.build();
  }

  /** Looks no more; connections go on. */
  @Override
  public void close() {
    looks.ifPresent(ScheduledExecutorService::shutdownNow);
  }
}
