package dev.rote.spec;

import dev.rote.blueprint.Models;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.LocalIntrinsicDimension;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialSpec;
import java.util.List;

/** Local intrinsic dimension of a hidden node's output. */
final class LidKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.LID;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    LocalIntrinsicDimension lid = spec.getLid();
    spec.setLid(
        lid.toBuilder()
            .setExamples(
                MeasurementKinds.examples(lid.getExamples(), ExampleSelection.Split.TRAINING, 0))
            .setK(lid.hasK() ? lid.getK() : 20)
            .setBatch(lid.hasBatch() ? lid.getBatch() : 100));
  }

  @Override
  public List<String> scores(MeasurementSpec spec) {
    return List.of("lid");
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    LocalIntrinsicDimension lid = spec.getLid();
    MeasurementKinds.check(checks, lid.getExamples());
    checks.inRange("k", lid.getK(), 2, 1000);
    checks.inRange("batch", lid.getBatch(), 3, 10_000);
    int count = lid.getExamples().getCount();
    checks.require(
        count == 0 || Integer.compareUnsigned(count, lid.getK()) > 0,
        "examples.count",
        "must be above k, or 0 for the whole split: was "
            + Integer.toUnsignedString(count)
            + " with k "
            + Integer.toUnsignedString(lid.getK()));
    checks.require(
        Integer.compareUnsigned(lid.getBatch(), lid.getK()) > 0,
        "batch",
        "must be above k, for an example is no neighbour of itself: was "
            + Integer.toUnsignedString(lid.getBatch())
            + " with k "
            + Integer.toUnsignedString(lid.getK()));
  }

  @Override
  public void checkTrial(Checks checks, MeasurementSpec spec, TrialSpec trial) {
    List<String> hidden = Models.hidden(trial.getModel());
    if (hidden.isEmpty()) {
      return;
    }
    LocalIntrinsicDimension lid = spec.getLid();
    checks.require(
        !lid.hasNode() || hidden.contains(lid.getNode()),
        "node",
        "must be a node of the network, one of " + hidden + ", was " + lid.getNode());
    checks.require(
        lid.hasNode() || Models.lastHidden(trial.getModel()).isPresent(),
        "",
        "looks at what the last node reads, which is the input here: the network needs a hidden"
            + " layer, or write node");
  }
}
