package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.OutputFormat;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.progress.SweepFollower;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.spec.VisibleText;
import dev.rote.v1.GetSweepRequest;
import dev.rote.v1.Repeating;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialFailure;
import dev.rote.v1.VerdictCounts;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote get}. */
@Command(
    name = "get",
    header = "Shows one sweep.",
    description = {
      "As a table: where the sweep stands, who shares it, on which family of numerics it runs, what"
          + " it waits for and which trials failed. As JSON or YAML: the whole"
          + " sweep, its specification with every default and its status."
    })
public final class GetCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final EndpointOptions endpoints;

  GetCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    Sweep found;
    try (Connections connections = endpoints.connect()) {
      found =
          connections
              .sweeps()
              .getSweep(GetSweepRequest.newBuilder().setSweep(sweep.name()).build())
              .getSweep();
    }
    output.printer(session).table(SweepColumns.all(), List.of(found), found);
    if (output.format() == OutputFormat.TABLE) {
      describe(found.getStatus());
    }
    return ExitCodes.OK;
  }

  /** Of a sweep that repeats until its claims are judged. */
  private void repeating(SweepStatus status) {
    Repeating repeating = status.getRepeating();
    VerdictCounts verdicts = status.getVerdicts();
    session
        .out()
        .printf(
            Locale.ROOT,
            "looks  %d of at most %d; claims: %d hold, %d do not, %d futile, %d open%n",
            repeating.getLooks(),
            repeating.getMostLooks(),
            verdicts.getHolding(),
            verdicts.getFailing(),
            verdicts.getFutile(),
            repeating.getOpen());
    String ahead =
        String.format(
            Locale.ROOT,
            " by the next look; trials expected %s, at most %d",
            repeating.getExpectedTrials() > 0
                ? "about " + Math.round(repeating.getExpectedTrials())
                : "unknown",
            repeating.getMostTrials());
    session
        .out()
        .println(
            "repetitions  "
                + repeating.getRepetitions()
                + (SweepFollower.ended(status.getPhase()) ? "" : ahead));
    for (String claim : repeating.getOpenClaimsList()) {
      session.out().println("open  " + VisibleText.line(claim));
    }
  }

  private void describe(SweepStatus status) {
    session
        .out()
        .printf(
            "%nepochs  %s of at most %s%n",
            Long.toUnsignedString(status.getProgress().getEpochsDone()),
            Long.toUnsignedString(status.getProgress().getEpochsTotal()));
    if (status.getProgress().getMeasurementsTotal() > 0) {
      session
          .out()
          .printf(
              Locale.ROOT,
              "measurements  %.1f of %s%n",
              status.getProgress().getMeasurementsDone(),
              Long.toUnsignedString(status.getProgress().getMeasurementsTotal()));
    }
    if (status.hasRepeating()) {
      repeating(status);
    }
    if (!status.getGroup().isEmpty()) {
      session.out().println("group  " + VisibleText.line(status.getGroup()));
    }
    if (status.getReadersCount() > 0) {
      session
          .out()
          .println("readers  " + VisibleText.line(String.join(", ", status.getReadersList())));
    }
    String numerics = status.getNumerics();
    session.out().println("numerics  " + (numerics.isEmpty() ? "not settled yet" : numerics));
    if (!status.getWaitingFor().isEmpty()) {
      session.out().println("waits  " + VisibleText.line(status.getWaitingFor()));
    }
    if (!status.getReportUri().isEmpty()) {
      session.out().println("report  " + status.getReportUri());
    }
    if (status.getCounts().getDiverged() > 0) {
      session
          .out()
          .printf(
              "diverged  %s of the trials that are done: they have no final values%n",
              Long.toUnsignedString(status.getCounts().getDiverged()));
    }
    for (TrialFailure failure : status.getFailuresList()) {
      session
          .out()
          .printf(
              "failed  trial %d (%s), %s: %s%n",
              failure.getTrialIndex(),
              failure.getTrialId(),
              failure.getStep(),
              VisibleText.line(failure.getReason()));
    }
    session.out().flush();
  }
}
