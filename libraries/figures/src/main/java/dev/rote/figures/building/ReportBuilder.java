package dev.rote.figures.building;

import dev.rote.figures.FigureException;
import dev.rote.figures.study.StudyData;
import dev.rote.figures.study.StudyResults;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Figure;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Look;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.util.List;

/** Makes the report of a sweep, all numbers and verdicts in it, from the results of its trials. */
public final class ReportBuilder {

  private ReportBuilder() {}

  /**
   * The report of a sweep.
   *
   * @param sweepId the sweep's id
   * @param results read once, cell by cell
   * @param provenance versions and times; backends, own files, the number of trials and the
   *     training time are added from the results
   *     <p>The sweep need not be over: of trials without an end the report shows what there is,
   *     counts them, and leaves claims undecided that need them.
   * @throws FigureException when a figure cannot be made as it is declared; missing results are not
   *     that: they leave gaps in figures and claims undecided
   */
  public static Report build(String sweepId, StudyResults results, Provenance provenance) {
    return build(sweepId, results, List.of(), provenance);
  }

  /**
   * The report of a sweep that may repeat until judged.
   *
   * @param looks those that were taken, in order; its claims are judged by them
   */
  public static Report build(
      String sweepId, StudyResults results, List<Look> looks, Provenance provenance) {
    StudyData data = StudyData.gather(results);
    Sweep sweep = data.sweep();
    Report.Builder report =
        Report.newBuilder()
            .setSweepId(sweepId)
            .setSweepName(sweep.getMetadata().getName())
            .setDescription(sweep.getSpec().getDescription())
            .setProvenance(
                provenance.toBuilder()
                    .clearBackends()
                    .addAllBackends(data.backends())
                    .putAllOwnFiles(results.ownFiles(data.ownVariants()))
                    .setTrials(data.trials())
                    .setTrainingSeconds(data.trainingSeconds()));
    List<Figure.Builder> figures = figures(sweep.getSpec(), data, looks);
    LabelPlaces.assign(figures, data);
    figures.forEach(report::addFigures);
    return report
        .setCoverage(data.coverage())
        .addAllSetup(SetupWords.of(sweep.getSpec()))
        .setFinalValues(FinalValuesTable.of(data))
        .build();
  }

  private static List<Figure.Builder> figures(SweepSpec spec, StudyData data, List<Look> looks) {
    List<Figure.Builder> figures =
        spec.getFiguresList().stream().map(figure -> figure(figure, data)).toList();
    LookVerdicts judged = new LookVerdicts(looks);
    FixedVerdicts fixed = new FixedVerdicts(data);
    int position = 0;
    for (int i = 0; i < figures.size(); i++) {
      for (ClaimSpec claim : spec.getFigures(i).getClaimsList()) {
        figures.get(i).addVerdicts(spec.hasRepeat() ? judged.of(claim, position) : fixed.of(claim));
        position++;
      }
    }
    return figures;
  }

  private static Figure.Builder figure(FigureSpec spec, StudyData data) {
    Figure.Builder figure =
        Figure.newBuilder()
            .setName(spec.getName())
            .setTitle(spec.getTitle())
            .setPaper(spec.getPaper());
    spec.getPanelsList().forEach(panel -> figure.addPanels(Panels.build(panel, data)));
    return figure;
  }
}
