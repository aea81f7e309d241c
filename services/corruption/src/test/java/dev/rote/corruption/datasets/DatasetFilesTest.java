package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rote.artifacts.variants.Sha256;
import dev.rote.corruption.datasets.DataFile.Origin;
import dev.rote.corruption.datasets.DatasetException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
  private static final byte[] CONTENT =
      "all the examples".repeat(100).getBytes(StandardCharsets.UTF_8);
  @TempDir Path directory;
  private HttpServer server;
  private final AtomicInteger served = new AtomicInteger();
  private byte[] gzipped;

  @BeforeEach
  void start() throws IOException {
    gzipped = TestFiles.gzip(CONTENT);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI serve(String path, byte[] bytes, int sent) {
    server.createContext(
        path,
        exchange -> {
          served.incrementAndGet();
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
          if (!head) {
            exchange.getResponseBody().write(bytes, 0, sent);
          }
          exchange.close();
        });
    return address(path);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static String sum(byte[] bytes) {
    return Sha256.hex(Sha256.of(ByteBuffer.wrap(bytes)));
  }

  private DatasetFiles files(boolean download) {
    return new DatasetFiles(
        directory.resolve("data"),
        directory.resolve("cache"),
        download ? new Downloads(Duration.ofSeconds(2)) : null);
  }

  private DataFile wanted(URI... addresses) {
    return new DataFile(
        "set",
        "file",
        CONTENT.length,
        null,
        sum(gzipped),
        new Origin(List.of(addresses), sum(gzipped), false));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void fails(ThrowingCallable call, Reason reason, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .message()
        .contains(parts);
  }

  @Test
  void locate_download_unpackedOnceAndKept() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length));
    Path first = files(true).locate(file);
    Path second = files(false).locate(file);

    assertThat(first).hasBinaryContent(CONTENT);
    assertThat(second).isEqualTo(first);
    assertThat(served.get()).isEqualTo(1);
    assertThat(left()).hasSize(2);
  }

  @Test
  void locate_firstMirrorDown_secondServes() throws IOException {
    DataFile file = wanted(address("/none"), serve("/file.gz", gzipped, gzipped.length));
    assertThat(files(true).locate(file)).hasBinaryContent(CONTENT);
  }

  @Test
  void locate_downloadOfOtherBytes_refusedWithBothSumsAndNothingLeft() throws IOException {
    byte[] flipped = gzipped.clone();
    flipped[20] ^= 1;
    DataFile file = wanted(serve("/file.gz", flipped, flipped.length));
    fails(() -> files(true).locate(file), Reason.DAMAGED, sum(gzipped), sum(flipped));
    assertThat(left()).isEmpty();
  }

  @Test
  void locate_downloadCutShort_unreachableAndNothingLeft() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length / 2));
    fails(() -> files(true).locate(file), Reason.UNREACHABLE, "/file.gz");
    assertThat(left()).isEmpty();
  }

  @Test
  void locate_archive_entriesKept() throws IOException {
    byte[] archive =
        TestFiles.gzip(
            TestFiles.tar(
                Map.of("set/one.bin", CONTENT, "set/two.bin", new byte[600], "../evil", CONTENT)));
    Origin origin =
        new Origin(List.of(serve("/all.tar.gz", archive, archive.length)), sum(archive), true);
    DatasetFiles files = files(true);
    Path one = files.locate(new DataFile("set", "one.bin", CONTENT.length, null, null, origin));
    Path two = files.locate(new DataFile("set", "two.bin", 600, null, null, origin));

    assertThat(one).hasBinaryContent(CONTENT);
    assertThat(two).hasBinaryContent(new byte[600]);
    assertThat(served.get()).isEqualTo(1);
    assertThat(left()).hasSize(4);
  }

  @Test
  void locate_localGzip_unpackedAndSourceUntouched() throws IOException {
    TestFiles.write(directory.resolve("data/set/file.gz"), gzipped);
    assertThat(files(false).locate(wanted())).hasBinaryContent(CONTENT);
  }

  @Test
  void locate_localDamaged_refusedEvenWhenDownloadsAreOn() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length));
    Path cut =
        TestFiles.write(
            directory.resolve("data/set/file.gz"), Arrays.copyOf(gzipped, gzipped.length - 3));
    fails(() -> files(true).locate(file), Reason.DAMAGED, "SHA-256", sum(gzipped));
    fails(() -> files(true).check(file), Reason.DAMAGED, "SHA-256");
    Files.delete(cut);

    TestFiles.write(directory.resolve("data/set/file"), Arrays.copyOf(CONTENT, CONTENT.length - 1));
    fails(() -> files(true).locate(file), Reason.DAMAGED, "size", "" + CONTENT.length);
    assertThat(served.get()).isZero();
  }

  @Test
  void locate_cachedFileDamaged_fetchedAgain() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length));
    Path cached = files(true).locate(file);
    byte[] damaged = CONTENT.clone();
    damaged[7] ^= 1;
    Files.write(cached, damaged);

    assertThat(files(true).locate(file)).hasBinaryContent(CONTENT);
    assertThat(served.get()).isEqualTo(2);
  }

  @Test
  void locate_missing_saysWhatAndWhere() {
    fails(
        () -> files(false).locate(wanted(address("/file.gz"))),
        Reason.MISSING,
        "set/file",
        directory.resolve("data").toString(),
        "downloads are off");
  }

  @Test
  void check_missing_asksTheAddressesWithoutFetching() throws IOException {
    DataFile there = wanted(serve("/file.gz", gzipped, gzipped.length));
    files(true).check(there);
    assertThat(left()).isEmpty();
    fails(() -> files(true).check(wanted(address("/none"))), Reason.MISSING, "/none", "404");
  }

  @Test
  void own_pathsOutside_refused() throws IOException {
    TestFiles.write(directory.resolve("secret"), CONTENT);
    fails(() -> files(false).own("f", "../secret"), Reason.REFUSED, "../secret");
    fails(
        () -> files(false).own("f", directory.resolve("secret").toString()),
        Reason.REFUSED,
        "secret");
    fails(() -> files(false).own("f", "none"), Reason.MISSING, "none");
  }

  @Test
  void own_gzipCutShort_refused() throws IOException {
    TestFiles.write(directory.resolve("data/mine.gz"), Arrays.copyOf(gzipped, gzipped.length - 9));
    fails(() -> files(false).own("f", "mine.gz"), Reason.DAMAGED, "gzip stream");
    assertThat(left()).hasSize(1);
  }

  @Test
  void own_gzipChanged_newContent() throws IOException {
    Path file = TestFiles.write(directory.resolve("data/mine.gz"), gzipped);
    DatasetFiles files = files(false);
    assertThat(files.own("f", "mine.gz")).hasBinaryContent(CONTENT);
    Files.write(file, TestFiles.gzip("other".getBytes(StandardCharsets.UTF_8)));
    assertThat(files.own("f", "mine.gz"))
        .hasBinaryContent("other".getBytes(StandardCharsets.UTF_8));
  }
}
