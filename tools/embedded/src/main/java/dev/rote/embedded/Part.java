package dev.rote.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The processes of a stack. */
public enum Part {
  /** The Kafka broker. */
  BROKER(Tier.GROUND, "-Xmx160m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=48m"),
  /** The S3 server. */
  OBJECT_STORE(Tier.GROUND, "-Xmx128m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=32m"),
  /** API, workflow, figures, web page. */
  SWEEPS(Tier.CONTROL, "-Xmx256m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=64m"),
  /** Datasets and variants. */
  CORRUPTION(Tier.WORK, "-Xmx192m -XX:ReservedCodeCacheSize=64m"),
  /** Training runs. */
  TRAINER(Tier.WORK, "-Xmx512m -XX:ReservedCodeCacheSize=96m " + nativeMemory("2g")),
  /** Measurements and attacks. */
  METRICS(Tier.WORK, "-Xmx384m -XX:ReservedCodeCacheSize=96m " + nativeMemory("1g"));

  /** Tiers start one after the other and stop in reverse. */
  enum Tier {
    GROUND,
    CONTROL,
    WORK
  }

  /* Idle parts should hold little: a small heap first, few arenas and stacks, one collector thread. */
  private static final String FRUGAL =
      String.join(
          " ",
          "-Xms16m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:MinHeapFreeRatio=15",
          "-XX:MaxHeapFreeRatio=40",
          "-XX:MaxMetaspaceSize=192m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.awt.headless=true");

  private final Tier tier;
  private final String flags;

  Part(Tier tier, String flags) {
    this.tier = tier;
    this.flags = flags;
  }

  Tier tier() {
    return tier;
  }

  /** Whether it is one of Rote's services, with a gRPC API. */
  public boolean isService() {
    return tier != Tier.GROUND;
  }

  /** The name of its folder and its log. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The environment variable whose words are further JVM options for this part. */
  String optionsVariable() {
    return "ROTE_" + name() + "_JAVA_OPTIONS";
  }

  List<String> jvmFlags() {
    return List.of((FRUGAL + " " + flags).split(" "));
  }

  /* Memory outside the heap that the networks may hold; what the process holds in all is not limited. */
  private static String nativeMemory(String most) {
    return "-Dorg.bytedeco.javacpp.maxbytes=%s -Dorg.bytedeco.javacpp.maxphysicalbytes=0"
        .formatted(most);
  }

  static List<Part> of(Tier tier) {
    return Arrays.stream(values()).filter(part -> part.tier == tier).toList();
  }
}
