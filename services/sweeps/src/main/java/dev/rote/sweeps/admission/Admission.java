package dev.rote.sweeps.admission;

import dev.rote.spec.DataFit;
import dev.rote.spec.DataOutline;
import dev.rote.spec.Ids;
import dev.rote.spec.KnownData;
import dev.rote.spec.OwnContent;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepSize;
import dev.rote.spec.SweepValidator;
import dev.rote.spec.Versions;
import dev.rote.spec.estimate.SweepEstimate;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.VariantSpec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The one way in: every door has its sweeps checked here, before anything is started. */
public final class Admission {
  private static final int MOST_WARNINGS = 20;

  private final long maxTrials;
  private final int variantsChecked;
  private final VariantChecks checks;
  private final OwnContents contents;
  private final Starts starts;

  /**
   * @param maxTrials most cells of a grid
   * @param variantsChecked most variants that are checked at the door
   */
  public Admission(
      long maxTrials,
      int variantsChecked,
      VariantChecks checks,
      OwnContents contents,
      Starts starts) {
    this.contents = contents;
    this.starts = starts;
    this.maxTrials = maxTrials;
    this.variantsChecked = variantsChecked;
    this.checks = checks;
  }

  /**
   * Checks a sweep as a user wrote it.
   *
   * @param warnings takes what may not be meant, a sentence each and each once
   * @return the event that starts it, with all defaults filled in
   * @throws SpecException naming field, value and bound
   * @throws RuntimeException a status of the corruption service, when a variant cannot be made
   */
  public SweepSubmitted admit(Sweep sweep, Consumer<String> warnings) {
    UnknownFields.refuse(sweep);
    SweepValidator.check(sweep);
    SweepSpec spec = withContent(SweepDefaults.fill(sweep.getSpec()));
    Sweep filled = sweep.toBuilder().setSpec(spec).clearStatus().build();
    SweepSize.check(filled, maxTrials);
    Set<String> said = new LinkedHashSet<>(SweepValidator.warnings(sweep));
    DataFit fit = new DataFit(spec);
    Map<VariantSpec, DataOutline> outlines = new LinkedHashMap<>();
    /* All variants are checked, whatever the number of warnings. */
    fit.variants(variantsChecked).forEach(variant -> outlines.put(variant, checks.check(variant)));
    outlines.values().forEach(outline -> said.addAll(outline.warnings()));
    KnownData known = new KnownData(outlines);
    fit.check(known);
    fit.starts(known).forEach(starts::check);
    said.stream().limit(MOST_WARNINGS).forEach(warnings);
    return SweepSubmitted.newBuilder()
        .setSweepId(Ids.sweepId(Versions.CURRENT, filled).value())
        .setSweep(filled)
        .setVersions(Versions.CURRENT.toString())
        .setMostBytes(mostBytes(spec, known))
        .build();
  }

  /* Of too many kinds of data nobody looks at all: then there may be any number. */
  private static long mostBytes(SweepSpec spec, KnownData known) {
    return SweepEstimate.of(spec, known)
        .map(each -> Math.round(each.keptBytes()))
        .orElse(Long.MAX_VALUE);
  }

  /* What files hold belongs to the ids of the sweep and of all that it makes. */
  private SweepSpec withContent(SweepSpec spec) {
    Set<String> paths = OwnContent.unwritten(spec);
    return paths.isEmpty() ? spec : OwnContent.write(spec, contents.of(paths));
  }
}
