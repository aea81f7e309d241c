import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the wheel of the Python package, as the specification of binary distributions lays it out: the modules, the
 * descriptor set of the contract, and {@code dist-info} with a hash of each file. No Python is needed, and the same
 * sources make the same bytes.
 *
 * <pre>java Wheel.java PACKAGE DESCRIPTORS VERSION TARGET</pre>
 */
final class Wheel {
  private static final String NAME = "rote";
  /* The first moment that a zip can say. */
  private static final long EPOCH = 315_619_200_000L;

  private final Map<String, byte[]> files = new TreeMap<>();

  private Wheel() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("java Wheel.java PACKAGE DESCRIPTORS VERSION TARGET");
    }
    Path descriptors = Path.of(arguments[1]);
    if (!Files.isRegularFile(descriptors)) {
      throw new IllegalArgumentException(descriptors + " is missing: build the module proto first");
    }
    Wheel wheel = new Wheel();
    wheel.add(Path.of(arguments[0]), descriptors);
    wheel.describe(arguments[2], Files.readString(Path.of(arguments[0], "README.md")));
    Path target = Files.createDirectories(Path.of(arguments[3]));
    wheel.write(target.resolve(NAME + "-" + arguments[2] + "-py3-none-any.whl"));
  }

  private void add(Path home, Path descriptors) throws IOException {
    try (Stream<Path> modules = Files.list(home.resolve(NAME))) {
      for (Path module : modules.filter(Files::isRegularFile).toList()) {
        files.put(NAME + "/" + module.getFileName(), Files.readAllBytes(module));
      }
    }
    files.put(NAME + "/contract.binpb", Files.readAllBytes(descriptors));
  }

  private void describe(String version, String readme) {
    String metadata =
        String.join(
            "\n",
            "Metadata-Version: 2.1",
            "Name: " + NAME,
            "Version: " + version,
            "Summary: How neural networks memorize: sweeps submitted, followed and held as data frames.",
            "Requires-Python: >=3.9",
            "Requires-Dist: grpcio>=1.51",
            "Requires-Dist: protobuf>=3.21",
            "Requires-Dist: numpy>=1.21",
            "Requires-Dist: pandas>=1.5",
            "Requires-Dist: pyyaml>=6.0",
            "Provides-Extra: polars",
            "Requires-Dist: polars>=1.0; extra == 'polars'",
            "Description-Content-Type: text/markdown",
            "",
            readme);
    String tags =
        String.join(
            "\n", "Wheel-Version: 1.0", "Generator: rote", "Root-Is-Purelib: true", "Tag: py3-none-any", "");
    String info = NAME + "-" + version + ".dist-info/";
    files.put(info + "METADATA", utf8(metadata));
    files.put(info + "WHEEL", utf8(tags));
    files.put(info + "top_level.txt", utf8(NAME + "\n"));
    StringBuilder record = new StringBuilder();
    files.forEach(
        (name, bytes) ->
            record.append(name).append(",sha256=").append(hash(bytes)).append(',').append(bytes.length).append('\n'));
    record.append(info).append("RECORD,,\n");
    files.put(info + "RECORD", utf8(record.toString()));
  }

  private void write(Path wheel) throws IOException {
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(EPOCH);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
