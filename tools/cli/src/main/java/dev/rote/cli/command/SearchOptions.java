package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.output.Numbers;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.Fgsm;
import dev.rote.v1.Lass;
import dev.rote.v1.Pgd;
import dev.rote.v1.SearchApplied;
import dev.rote.v1.SearchHeader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How critical samples are searched; what is not given is left to the service's defaults. */
final class SearchOptions {
  /** Ways to search the box. */
  enum Search {
    LASS,
    FGSM,
    PGD
  }

  @Option(
      names = "--search",
      paramLabel = "SEARCH",
      defaultValue = "lass",
      description =
          "lass (the paper's Langevin search), fgsm (one step) or pgd (default: ${DEFAULT-VALUE}).")
  private Search search = Search.LASS;

  @Option(
      names = "--radius",
      paramLabel = "GREY",
      description =
          "Half the side of the box that is searched, in grey levels (1/255); default 0.3.")
  private @Nullable Double radius;

  @Option(
      names = "--alpha",
      paramLabel = "GREY",
      description = "Step in grey levels, of lass (default 0.25) and pgd (radius / 4).")
  private @Nullable Double alpha;

  @Option(
      names = "--beta",
      paramLabel = "GREY",
      description = "Standard deviation of the noise in grey levels, of lass (default 0.2).")
  private @Nullable Double beta;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Iteration cap, of lass (default 100) and pgd (40).")
  private @Nullable Integer iterations;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the noise (default 1).")
  private @Nullable Long seed;

  @Option(
      names = "--clip",
      description =
          "Keeps adversarial examples in [0, 1], where pictures lie; without it, as in the paper, a"
              + " pixel may leave it by up to the radius.")
  private boolean clip;

  @Option(
      names = "--any-range",
      description =
          "Takes examples outside of the range that the network was trained on, [0, 1] for"
              + " pictures; they are refused otherwise.")
  private boolean anyRange;

  boolean anyRange() {
    return anyRange;
  }

  /**
   * What opens the search of a trial's network.
   *
   * @throws CommandFailure when an option does not belong to the search
   */
  SearchHeader.Builder header(String trial) {
    return SearchHeader.newBuilder()
        .setTrialId(trial)
        .setSearch(message())
        .setClip(clip)
        .setAnyRange(anyRange);
  }

  /**
   * The search as the API wants it.
   *
   * @throws CommandFailure when an option does not belong to the search
   */
  private CriticalSamples message() {
    CriticalSamples.Builder samples = CriticalSamples.newBuilder();
    if (radius != null) {
      samples.setRadius(radius);
    }
    if (seed != null) {
      samples.setSeed(seed);
    }
    switch (search) {
      case LASS -> samples.setLass(lass());
      case FGSM -> {
        refuse("--alpha", alpha);
        refuse("--beta", beta);
        refuse("--iterations", iterations);
        samples.setFgsm(Fgsm.getDefaultInstance());
      }
      case PGD -> {
        refuse("--beta", beta);
        samples.setPgd(pgd());
      }
    }
    return samples.build();
  }

  private void refuse(String option, @Nullable Object value) {
    if (value != null) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          option + " is no option of --search " + search.name().toLowerCase(Locale.ROOT));
    }
  }

  private Lass lass() {
    Lass.Builder lass = Lass.newBuilder();
    if (alpha != null) {
      lass.setAlpha(alpha);
    }
    if (beta != null) {
      lass.setBeta(beta);
    }
    if (iterations != null) {
      lass.setIterations(iterations);
    }
    return lass.build();
  }

  private Pgd pgd() {
    Pgd.Builder pgd = Pgd.newBuilder();
    if (alpha != null) {
      pgd.setAlpha(alpha);
    }
    if (iterations != null) {
      pgd.setIterations(iterations);
    }
    return pgd.build();
  }

  /** Such as {@code lass of radius 0.3 grey levels (1/255), kept in [0, 1]}. */
  static String describe(SearchApplied applied) {
    CriticalSamples search = applied.getSearch();
    String name = search.getSearchCase().name().toLowerCase(Locale.ROOT);
    return name
        + " of radius "
        + Numbers.text(search.getRadius())
        + " grey levels (1/255)"
        + (applied.getClipped() ? ", kept in [0, 1]" : ", pixels may leave [0, 1] by as much")
        + (applied.getAnyRange() ? ", examples of any range" : "");
  }
}
