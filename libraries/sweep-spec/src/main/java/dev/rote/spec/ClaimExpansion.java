package dev.rote.spec;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.ForEach;
import dev.rote.v1.SweepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Claims that are written once for each of several labels, made into one claim for each. */
public final class ClaimExpansion {
  /** Most claims of a figure, however they are written. */
  static final int MOST =
      FieldBounds.items(
          Objects.requireNonNull(FigureSpec.getDescriptor().findFieldByName("claims")));

  private final FigureReferences references;
  private final Checks checks;
  private final FigureSpec figure;
  private final List<Expanded> expanded = new ArrayList<>();

  /**
   * One claim, as it is judged.
   *
   * @param written index of the claim that it comes from
   * @param words what it was made for, in brackets after a space; empty for one that stands alone
   */
  record Expanded(int written, String words, ClaimSpec claim) {}

  private ClaimExpansion(FigureReferences references, Checks checks, FigureSpec figure) {
    this.references = references;
    this.checks = checks;
    this.figure = figure;
  }

  /**
   * All claims of a figure, in order.
   *
   * @param checks of the figure, empty so far: takes what is wrong, which ends the expansion
   * @throws SpecException when there is much that is wrong
   */
  static List<Expanded> of(FigureReferences references, Checks checks, FigureSpec figure) {
    ClaimExpansion expansion = new ClaimExpansion(references, checks, figure);
    expansion.expand();
    return expansion.expanded;
  }

  /**
   * Replaces what is written for each by the claims that it stands for. Where one of a figure is
   * not sound, all its claims stay as they are.
   */
  static void fill(SweepSpec.Builder spec) {
    if (written(spec.build()) == 0) {
      return;
    }
    FigureReferences references = new FigureReferences(spec.build());
    for (FigureSpec.Builder figure : spec.getFiguresBuilderList()) {
      sound(references, figure.build())
          .ifPresent(
              claims -> {
                figure.clearClaims();
                claims.forEach(claim -> figure.addClaims(claim.claim()));
              });
    }
  }

  /** The claims of a figure; empty when something is wrong with them, which the validator says. */
  private static Optional<List<Expanded>> sound(FigureReferences references, FigureSpec figure) {
    Checks checks = Checks.at("");
    try {
      List<Expanded> claims = of(references, checks, figure);
      return checks.isEmpty() ? Optional.of(claims) : Optional.empty();
    } catch (SpecException e) {
      return Optional.empty();
    }
  }

  /** How many claims of a sweep are written for each of something. */
  public static int written(SweepSpec spec) {
    return (int)
        spec.getFiguresList().stream()
            .flatMap(figure -> figure.getClaimsList().stream())
            .filter(claim -> claim.getForEachCount() > 0 || claim.hasInTurn())
            .count();
  }

  private void expand() {
    for (int at = 0; at < figure.getClaimsCount() && checks.isEmpty(); ) {
      int end = at + 1;
      while (end < figure.getClaimsCount() && figure.getClaims(end).getInTurn()) {
        end++;
      }
      group(at, end);
      at = end;
    }
  }

  /** Claims that come in turn. */
  private void group(int start, int end) {
    ClaimSpec first = figure.getClaims(start);
    if (first.getInTurn()) {
      checks.violate(
          "claims[" + start + "].inTurn", "needs a claim before it to come in turn with");
    } else if (end == start + 1) {
      each(start, List.of(), first.getForEachList(), 0);
    } else if (first.getForEachCount() == 0) {
      checks.violate(
          "claims[" + (start + 1) + "].inTurn", "needs forEach in claims[" + start + "]");
    } else {
      List<ForEach> within = first.getForEachList().subList(1, first.getForEachCount());
      for (Choice choice : choices(start, first.getForEach(0), 0)) {
        each(start, List.of(choice), within, 1);
        for (int i = start + 1; i < end; i++) {
          each(i, List.of(choice), figure.getClaims(i).getForEachList(), 0);
        }
      }
    }
  }

  /**
   * Makes a claim for all combinations of what is left.
   *
   * @param at index of the first that is left
   */
  private void each(int claim, List<Choice> chosen, List<ForEach> left, int at) {
    if (!checks.isEmpty()) {
      return;
    }
    if (left.isEmpty()) {
      add(claim, chosen);
      return;
    }
    for (Choice choice : choices(claim, left.get(0), at)) {
      if (chosen.stream().anyMatch(other -> other.name().equals(choice.name()))) {
        checks.violate(
            "claims[" + claim + "].forEach[" + at + "].name",
            "must be unique in a claim, was \"" + choice.name() + "\" again");
        return;
      }
      List<Choice> more = new ArrayList<>(chosen);
      more.add(choice);
      each(claim, more, left.subList(1, left.size()), at + 1);
    }
  }

  private void add(int claim, List<Choice> chosen) {
    String words =
        chosen.isEmpty()
            ? ""
            : chosen.stream()
                .map(choice -> choice.name() + " = " + choice.key())
                .collect(Collectors.joining(", ", " (for ", ")"));
    if (expanded.size() == MOST) {
      checks.violate(
          chosen.isEmpty() ? "claims" : "claims[" + claim + "].forEach",
          "makes more than " + MOST + " claims of a figure: write fewer, or another figure");
      return;
    }
    Checks here = checks.in("claims[" + claim + "]");
    ClaimSpec written = figure.getClaims(claim);
    ClaimSpec made = chosen.isEmpty() ? written : Placeholders.replace(here, written, chosen);
    expanded.add(new Expanded(claim, words, made));
  }

  private List<Choice> choices(int claim, ForEach each, int index) {
    Checks at = checks.in("claims[" + claim + "].forEach[" + index + "]");
    List<Choice> choices = Choice.of(references, at, each);
    return checks.isEmpty() ? choices : List.of();
  }
}
