package dev.rote.spec;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffGap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which cells of a grid each claim of a sweep needs. Immutable. */
public final class ClaimCells {
  private final List<String> axes;
  private final List<String> claims = new ArrayList<>();
  private final List<List<Map<String, Set<String>>>> needed = new ArrayList<>();

  /**
   * @param spec valid, claims expanded
   */
  public ClaimCells(SweepSpec spec) {
    this.axes = spec.getAxesList().stream().map(axis -> axis.getName()).toList();
    for (FigureSpec figure : spec.getFiguresList()) {
      for (ClaimSpec claim : figure.getClaimsList()) {
        claims.add(claim.getClaim());
        needed.add(of(claim));
      }
    }
  }

  /** The sentences of the claims of all figures, in order. */
  public List<String> claims() {
    return List.copyOf(claims);
  }

  /**
   * Whether a claim needs a cell.
   *
   * @param claim position among the claims of all figures
   * @param labels of the cell, by axis name
   */
  public boolean needs(int claim, Map<String, String> labels) {
    for (Map<String, Set<String>> line : needed.get(claim)) {
      boolean matches =
          line.entrySet().stream()
              .allMatch(axis -> axis.getValue().contains(labels.getOrDefault(axis.getKey(), "")));
      if (matches) {
        return true;
      }
    }
    return false;
  }

  private List<Map<String, Set<String>>> of(ClaimSpec claim) {
    return switch (claim.getStatisticCase()) {
      case VALUE -> List.of(line(claim.getValue(), Set.of(claim.getValue().getLabel())));
      case DIFFERENCE ->
          List.of(
              line(
                  claim.getDifference().getMinuend(),
                  Set.of(claim.getDifference().getMinuend().getLabel())),
              line(
                  claim.getDifference().getSubtrahend(),
                  Set.of(claim.getDifference().getSubtrahend().getLabel())));
      case TREND -> List.of(line(claim.getTrend().getTerm(), claim.getTrend().getLabelsList()));
      case TRADEOFF -> tradeoff(claim.getTradeoff());
      case REVERSALS ->
          List.of(
              line(claim.getReversals().getFirst(), claim.getReversals().getLabelsList()),
              line(claim.getReversals().getSecond(), claim.getReversals().getLabelsList()));
      case STATISTIC_NOT_SET -> List.of();
    };
  }

  private List<Map<String, Set<String>>> tradeoff(TradeoffGap gap) {
    Set<String> labels = new HashSet<>(gap.getLabelsList());
    labels.addAll(gap.getAgainstList());
    labels.add(gap.getReference());
    return List.of(
        line(gap.getX().toBuilder().setSeries(gap.getSeries()).build(), labels),
        line(gap.getY().toBuilder().setSeries(gap.getSeries()).build(), labels));
  }

  /* By axis the labels that are looked at; an axis that is not named stands at any. */
  private Map<String, Set<String>> line(Term term, Collection<String> labels) {
    Map<String, Set<String>> line = new HashMap<>();
    String axis =
        LineAxis.of(axes, term.getSeries(), term.getAlong().getAxis(), term.getWhereMap().keySet());
    if (!axis.isEmpty()) {
      line.put(axis, Set.copyOf(labels));
    }
    term.getWhereMap().forEach((fixed, label) -> line.put(fixed, Set.of(label)));
    if (term.getAlong().getLabelsCount() > 0) {
      line.put(term.getAlong().getAxis(), Set.copyOf(term.getAlong().getLabelsList()));
    }
    return line;
  }
}
