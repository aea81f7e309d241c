package dev.rote.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A family of numerics: what gives equal bits for equal specifications. On a CPU that is the
 * instruction set and the kernel of BLAS, on a card the engine and the compute capability.
 *
 * @param name such as {@code avx512-onednn-openblas-zen}; empty for work that computes no networks
 *     and for what is from before families had names
 */
public record Numerics(String name) {
  /** None: no network is computed, or nobody noted how. */
  public static final Numerics NONE = new Numerics("");

  /** What a sweep says that takes any one family for all its trials. */
  public static final String ANY = "any";

  private static final int LONGEST = 63;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  /* Backends as results named them before families had names. */
  private static final Pattern NATIVE = Pattern.compile("nd4j-native \\S+ (\\S+?)( onednn)?");
  private static final Pattern CUDA =
      Pattern.compile("cuda (\\d+\\.\\d+) on .* \\((\\d+)\\.(\\d+)\\)");

  public Numerics {
    if (!name.isEmpty() && !isName(name)) {
      throw new IllegalArgumentException(rule() + ", was '" + name + "'");
    }
  }

  /** Whether a text names a family. */
  public static boolean isName(String text) {
    return text.length() <= LONGEST && NAME.matcher(text).matches() && !text.equals(ANY);
  }

  static String rule() {
    return "numerics must be a name of [a-z0-9.-] of at most " + LONGEST + " characters";
  }

  /**
   * The family that a backend of before names: of a CPU its instructions and not the kernel of
   * BLAS, which it does not say.
   */
  public static Numerics ofBackend(String backend) {
    Matcher cpu = NATIVE.matcher(backend);
    if (cpu.matches()) {
      return named(cpu.group(1) + (cpu.group(2) == null ? "" : "-onednn"));
    }
    Matcher cuda = CUDA.matcher(backend);
    if (cuda.matches()) {
      return named("cuda-" + cuda.group(1) + "-sm" + cuda.group(2) + cuda.group(3));
    }
    String first = backend.split(" ", 2)[0];
    return named(first);
  }

  /** The name made of a text: lower case, a dash for all that a name cannot hold. */
  private static Numerics named(String text) {
    String dashed =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.]+", "-")
            .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
    String name = dashed.length() <= LONGEST ? dashed : dashed.substring(0, LONGEST);
    return new Numerics(isName(name) ? name : "unnamed");
  }

  /** What a result says, by its name or, from before there were names, its backend. */
  public static Numerics of(String name, String backend) {
    return name.isEmpty() ? ofBackend(backend) : new Numerics(name);
  }

  /**
   * Whether what is stored counts as of this family: it names it, or, from before families had
   * names, as much of it as a backend named.
   */
  public boolean counts(Numerics stored) {
    return equals(stored) || (!stored.isNone() && name.startsWith(stored.name + "-"));
  }

  /** Whether no family is named. */
  public boolean isNone() {
    return name.isEmpty();
  }

  /** The family that a sweep names; empty where it names none, or takes any. */
  public static Optional<Numerics> written(String numerics) {
    return numerics.isEmpty() || numerics.equals(ANY)
        ? Optional.empty()
        : Optional.of(new Numerics(numerics));
  }

  @Override
  public String toString() {
    return name;
  }
}
