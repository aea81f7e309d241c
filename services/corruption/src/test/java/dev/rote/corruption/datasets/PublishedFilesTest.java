package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rote.artifacts.Sha256;
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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFilesTest {
  private static final byte[] CONTENT =
      "all the examples".repeat(100).getBytes(StandardCharsets.UTF_8);
  @TempDir Path directory;
  private HttpServer server;
  private final AtomicInteger served = new AtomicInteger();
  private byte[] gzipped;
  private @Nullable URI archives;

  @BeforeEach
  void start() throws IOException {
    gzipped = TestFiles.gzip(CONTENT);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
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

  private PublishedFiles files(boolean download) {
    return new DatasetFiles(
            directory.resolve("data"),
            directory.resolve("cache"),
            download
                ? new Downloads(
                    Duration.ofSeconds(2), Duration.ofSeconds(20), Hosts.PRIVATE_TOO, () -> false)
                : null)
        .published();
  }

  private Path locate(boolean download, DataFile file) {
    return files(download).locate(List.of(file)).get(0).path();
  }

  private DataFile wanted(URI... addresses) {
    return new DataFile(
        "set",
        "file",
        CONTENT.length,
        null,
        sum(gzipped),
        Origin.gzip(List.of(addresses), sum(gzipped), CONTENT.length));
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
    Path first = locate(true, file);
    Path second = locate(false, file);

    assertThat(first).hasBinaryContent(CONTENT);
    assertThat(second).isEqualTo(first);
    assertThat(served.get()).isEqualTo(1);
    assertThat(left()).hasSize(2);
  }

  @Test
  void locate_firstMirrorDown_secondServes() throws IOException {
    DataFile file = wanted(address("/none"), serve("/file.gz", gzipped, gzipped.length));
    assertThat(locate(true, file)).hasBinaryContent(CONTENT);
  }

  @Test
  void locate_downloadOfOtherBytes_refusedWithBothSumsAndNothingLeft() throws IOException {
    byte[] flipped = gzipped.clone();
    flipped[20] ^= 1;
    DataFile file = wanted(serve("/file.gz", flipped, flipped.length));
    fails(() -> locate(true, file), Reason.DAMAGED, sum(gzipped), sum(flipped));
    assertThat(left()).isEmpty();
  }

  @Test
  void locate_downloadCutShort_unreachableAndNothingLeft() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length / 2));
    fails(() -> locate(true, file), Reason.UNREACHABLE, "/file.gz");
    assertThat(left()).isEmpty();
  }

  @Test
  void locate_archive_entriesKept() throws IOException {
    byte[] archive =
        TestFiles.gzip(
            TestFiles.tar(
                Map.of("set/one.bin", CONTENT, "set/two.bin", new byte[600], "../evil", CONTENT)));
    DataFile one = entry("one.bin", CONTENT.length, archive);
    DataFile two = entry("two.bin", 600, archive);
    List<NamedFile> located = files(true).locate(List.of(one, two));

    assertThat(located.get(0).path()).hasBinaryContent(CONTENT);
    assertThat(located.get(1).path()).hasBinaryContent(new byte[600]);
    assertThat(served.get()).isEqualTo(1);
    assertThat(left()).hasSize(4);
  }

  /** An entry of an archive that is served, of which two files are known. */
  private DataFile entry(String name, long size, byte[] archive) {
    URI address = archives == null ? serve("/all.tar.gz", archive, archive.length) : archives;
    archives = address;
    Map<String, Long> entries = Map.of("set/one.bin", (long) CONTENT.length, "set/two.bin", 600L);
    return new DataFile(
        "set", name, size, null, null, Origin.archive(List.of(address), sum(archive), entries));
  }

  private static Map<String, byte[]> inOrder(
      String first, byte[] content, String second, byte[] other) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(first, content);
    entries.put(second, other);
    return entries;
  }

  /** Nothing of what a packed file unpacks to is kept beyond what is known of it. */
  @Test
  void locate_archiveUnpacksToMoreThanIsKnown_refusedWithBoundedDisk() throws IOException {
    byte[] bomb =
        TestFiles.gzip(
            TestFiles.tar(inOrder("set/two.bin", new byte[8 << 20], "set/one.bin", CONTENT)));
    DataFile one = entry("one.bin", CONTENT.length, bomb);
    fails(() -> locate(true, one), Reason.DAMAGED, "/all.tar.gz cannot be unpacked: more than 600");

    archives = null;
    server.removeContext("/all.tar.gz");
    byte[] others =
        TestFiles.gzip(
            TestFiles.tar(inOrder("a/readme", new byte[3 << 20], "set/one.bin", CONTENT)));
    fails(
        () -> locate(true, entry("one.bin", CONTENT.length, others)),
        Reason.DAMAGED,
        "/all.tar.gz cannot be unpacked: more than 1050776 bytes");
    assertThat(left()).allSatisfy(file -> assertThat(Files.size(file)).isLessThan(2000));
  }

  @Test
  void locate_localGzipUnpacksToMore_refusedAndNothingLeft() throws IOException {
    byte[] bomb = TestFiles.gzip(new byte[32 << 20]);
    TestFiles.write(directory.resolve("data/set/file.gz"), bomb);
    DataFile file = new DataFile("set", "file", CONTENT.length, null, sum(bomb), null);
    fails(
        () -> locate(false, file),
        Reason.DAMAGED,
        "file.gz should unpack to 1600 bytes, and goes on after them");
    assertThat(left()).hasSize(1);
  }

  /** A slow publisher holds up nobody who wants another file. */
  @Test
  void locate_whileAnotherFileIsFetched_doesNotWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    server.createContext(
        "/slow.gz",
        exchange -> {
          asked.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, gzipped.length);
          exchange.getResponseBody().write(gzipped);
          exchange.close();
        });
    byte[] other = TestFiles.gzip(new byte[600]);
    DataFile slow = wanted(address("/slow.gz"));
    DataFile quick =
        new DataFile(
            "set",
            "quick",
            600,
            null,
            sum(other),
            Origin.gzip(List.of(serve("/quick.gz", other, other.length)), sum(other), 600));
    PublishedFiles files =
        new DatasetFiles(
                null,
                directory.resolve("cache"),
                new Downloads(
                    Duration.ofMinutes(1), Duration.ofMinutes(1), Hosts.PRIVATE_TOO, () -> false))
            .published();
    CompletableFuture<List<NamedFile>> waiting =
        CompletableFuture.supplyAsync(() -> files.locate(List.of(slow)));
    asked.await();

    assertThat(files.locate(List.of(quick)).get(0).path()).hasBinaryContent(new byte[600]);
    assertThat(waiting).isNotDone();
    goOn.countDown();
    assertThat(waiting.get().get(0).path()).hasBinaryContent(CONTENT);
  }

  @Test
  void locate_partOfAKilledProcess_removedWhenOld() throws IOException {
    Path old = TestFiles.write(directory.resolve("cache/1.part"), CONTENT);
    Path young = TestFiles.write(directory.resolve("cache/2.part"), CONTENT);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(3))));

    locate(true, wanted(serve("/file.gz", gzipped, gzipped.length)));

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void locate_localGzip_unpackedAndSourceUntouched() throws IOException {
    TestFiles.write(directory.resolve("data/set/file.gz"), gzipped);
    assertThat(locate(false, wanted())).hasBinaryContent(CONTENT);
  }

  @Test
  void locate_localDamaged_refusedEvenWhenDownloadsAreOn() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length));
    Path cut =
        TestFiles.write(
            directory.resolve("data/set/file.gz"), Arrays.copyOf(gzipped, gzipped.length - 3));
    fails(() -> locate(true, file), Reason.DAMAGED, "SHA-256", sum(gzipped));
    fails(() -> files(true).check(List.of(file), ""), Reason.DAMAGED, "SHA-256");
    Files.delete(cut);

    TestFiles.write(directory.resolve("data/set/file"), Arrays.copyOf(CONTENT, CONTENT.length - 1));
    fails(() -> locate(true, file), Reason.DAMAGED, "size", "" + CONTENT.length);
    assertThat(served.get()).isZero();
  }

  @Test
  void locate_cachedFileDamaged_fetchedAgain() throws IOException {
    DataFile file = wanted(serve("/file.gz", gzipped, gzipped.length));
    Path cached = locate(true, file);
    byte[] damaged = CONTENT.clone();
    damaged[7] ^= 1;
    Files.write(cached, damaged);

    assertThat(locate(true, file)).hasBinaryContent(CONTENT);
    assertThat(served.get()).isEqualTo(2);
  }

  @Test
  void locate_missing_saysAllThatIsWhereAndFromWhom() {
    DataFile first = wanted(address("/file.gz"));
    DataFile second = new DataFile("set", "other", 5, null, null, null);
    fails(
        () -> files(false).locate(List.of(first, second)),
        Reason.MISSING,
        "missing: set/file, set/other (looked for in " + directory.resolve("data"),
        "downloads are off",
        "published at " + address("/file.gz"));
  }

  @Test
  void check_missing_asksTheAddressesWithoutFetching() throws IOException {
    DataFile there = wanted(serve("/file.gz", gzipped, gzipped.length));
    assertThat(files(true).check(List.of(there), ""))
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .isEqualTo(
                        "set/file is not in the datasets directory and will be downloaded when"
                            + " first needed (0.0 MB unpacked)"));
    assertThat(left()).isEmpty();
  }

  /** A publisher that does not answer is asked once, whatever the number of files. */
  @Test
  void check_noAddressAnswers_saysAllThatIsMissing() {
    AtomicInteger asked = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    DataFile first = wanted(address("/one"), address("/two"));
    DataFile second =
        new DataFile(
            "set", "b", 5, null, null, Origin.gzip(List.of(address("/b")), sum(gzipped), 5));
    fails(
        () -> files(true).check(List.of(first, second), "; or write less"),
        Reason.MISSING,
        "missing: set/file, set/b (",
        "could not be fetched from " + address("/one") + ": it answers 404; or write less");
    assertThat(asked.get()).isEqualTo(1);
  }
}
