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
 * @param asked what is asked for, to be put to an address; empty when nothing is chosen
 */
public record CompareView(
    List<ChosenPicture.Option> offered,
    List<String> others,
    ChosenPicture.Field quantity,
    String asked) {

  static CompareView of(List<Sweep> sweeps, List<String> chosen, CurvesChoice.Quantity quantity) {
    Set<String> left = new HashSet<>(chosen);
    List<ChosenPicture.Option> offered = new ArrayList<>();
    for (Sweep sweep : sweeps) {
      String id = sweep.getStatus().getSweepId();
      offered.add(
          new ChosenPicture.Option(
              id, sweep.getMetadata().getName() + " (" + id + ")", left.remove(id)));
    }
    return new CompareView(
        offered,
        chosen.stream().filter(left::contains).toList(),
        CurvesChoice.Quantity.field(quantity),
        chosen.isEmpty() ? "" : asked(chosen, quantity));
  }

  /** Such as {@code ?quantity=LOSS&of=demo&of=demo%2F3}. */
  static String asked(List<String> chosen, CurvesChoice.Quantity quantity) {
    Address asked = Address.of("").with("quantity", quantity.name());
    chosen.forEach(name -> asked.with("of", name));
    return asked.toString();
  }
}
