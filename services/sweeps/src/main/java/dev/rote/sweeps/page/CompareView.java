package dev.rote.sweeps.page;

import dev.rote.v1.Sweep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A comparison.
 *
 * @param offered sweeps to choose from, newest first
 * @param others what is compared beside these, such as trials
 * @param picture address of the curves; empty when nothing is chosen
 */
public record CompareView(
    List<ChosenPicture.Option> offered,
    List<String> others,
    ChosenPicture.Field quantity,
    String picture,
    String words) {

  static CompareView of(List<Sweep> sweeps, List<String> chosen, CurvesChoice.Quantity quantity) {
    Set<String> left = new HashSet<>(chosen);
    List<ChosenPicture.Option> offered = new ArrayList<>();
    for (Sweep sweep : sweeps) {
      String id = sweep.getStatus().getSweepId();
      offered.add(
          new ChosenPicture.Option(
              id, sweep.getMetadata().getName() + " (" + id + ")", left.remove(id)));
    }
    Address picture = Address.of("/compare/curves.svg").with("quantity", quantity.name());
    chosen.forEach(name -> picture.with("of", name));
    return new CompareView(
        offered,
        chosen.stream().filter(left::contains).toList(),
        CurvesChoice.Quantity.field(quantity),
        chosen.isEmpty() ? "" : picture.toString(),
        quantity.title() + " over epochs of " + String.join(", ", chosen));
  }
}
