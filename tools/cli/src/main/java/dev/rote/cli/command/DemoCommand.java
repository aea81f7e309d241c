package dev.rote.cli.command;

import dev.rote.cli.Session;
import dev.rote.v1.Sweep;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rote demo}. */
@Command(
    name = "demo",
    header = "Runs the demonstration: a few minutes, no files needed.",
    description = {
      "The same as 'rote run' with the sweep k8s/sweeps/demo.yaml: small networks on drawn digits,"
          + " real against random inputs against random labels."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final LocalRun local;
  @Spec private CommandSpec spec = CommandSpec.create();

  DemoCommand(Session session) {
    this.session = session;
    this.local = new LocalRun(session);
  }

  @Override
  public Integer call() throws Exception {
    Path file = session.home().resolve("k8s").resolve("sweeps").resolve("demo.yaml");
    Sweep sweep = SweepFile.read(file, List.of());
    return local.run(
        spec.commandLine(), List.of(sweep), report.folder(), stack -> stack.run(sweep));
  }
}
