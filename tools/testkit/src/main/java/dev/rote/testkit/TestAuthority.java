package dev.rote.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test's own, whose certificates name this machine's loopback interface. */
public final class TestAuthority {
  private final X500Name name;
  private final KeyPair keys;
  private final X509CertificateHolder certificate;
  private final AtomicLong serial = new AtomicLong();

  /**
   * Files of PEM.
   *
   * @param certificate of the leaf
   * @param key PKCS#8
   */
  public record Issued(Path certificate, Path key) {}

  /** Makes an authority. */
  public TestAuthority(String commonName) {
    name = new X500Name("CN=" + commonName);
    keys = pair();
    certificate = sign(name, keys, true);
  }

  /** Writes the authority's certificate. */
  public Path write(Path file) throws IOException {
    return put(file, "CERTIFICATE", certificate.getEncoded());
  }

  /**
   * Issues a certificate for {@code localhost} and 127.0.0.1, with a key of its own; what lies
   * there is replaced, file by file, each whole.
   *
   * @return serial number of the certificate
   */
  public BigInteger issue(Issued files) throws IOException {
    KeyPair leaf = pair();
    X509CertificateHolder issued = sign(new X500Name("CN=localhost"), leaf, false);
    put(files.certificate(), "CERTIFICATE", issued.getEncoded());
    put(files.key(), "PRIVATE KEY", leaf.getPrivate().getEncoded());
    return issued.getSerialNumber();
  }

  /** What a client of TLS believes that knows this authority alone. */
  public SSLContext believer() {
    try {
      KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
      known.load(null, null);
      known.setCertificateEntry(
          name.toString(), new JcaX509CertificateConverter().getCertificate(certificate));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a certificate of this test's own can be believed", e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, new SecureRandom());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private X509CertificateHolder sign(X500Name subject, KeyPair of, boolean authority) {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serial.incrementAndGet()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            of.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.dNSName, "localhost"),
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
      }
      return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
    } catch (CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate of this test's own can be made", e);
    }
  }

  private static Path put(Path file, String kind, byte[] bytes) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.writeString(
        draft, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind));
    return Files.move(
        draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
