package dev.rote.figures.building;

import dev.rote.figures.FigureException;
import dev.rote.figures.study.StudyData;
import dev.rote.figures.study.StudyResults;
import dev.rote.v1.Figure;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Provenance;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
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
    List<Figure.Builder> figures =
        sweep.getSpec().getFiguresList().stream().map(spec -> figure(spec, data)).toList();
    LabelPlaces.assign(figures, data);
    figures.forEach(report::addFigures);
    return report
        .setCoverage(data.coverage())
        .addAllSetup(SetupWords.of(sweep.getSpec()))
        .setFinalValues(FinalValuesTable.of(data))
        .build();
  }

  private static Figure.Builder figure(FigureSpec spec, StudyData data) {
    ClaimJudge judge = new ClaimJudge(data);
    Figure.Builder figure =
        Figure.newBuilder()
            .setName(spec.getName())
            .setTitle(spec.getTitle())
            .setPaper(spec.getPaper());
    spec.getPanelsList().forEach(panel -> figure.addPanels(Panels.build(panel, data)));
    spec.getClaimsList().forEach(claim -> figure.addVerdicts(judge.judge(claim)));
    return figure;
  }
}
