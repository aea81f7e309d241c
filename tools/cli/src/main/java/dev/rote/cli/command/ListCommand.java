package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListSweepsResponse;
import dev.rote.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote list}. */
@Command(
    name = "list",
    aliases = "ls",
    header = "Lists the sweeps, newest first.",
    description = "Sweeps with their phase, trials by state, and ETA.")
public final class ListCommand implements Callable<Integer> {
  private static final int PAGE = 1000;

  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final EndpointOptions endpoints;

  ListCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    List<Sweep> sweeps = new ArrayList<>();
    try (Connections connections = endpoints.connect()) {
      String token = "";
      do {
        ListSweepsResponse page =
            connections
                .sweeps()
                .listSweeps(
                    ListSweepsRequest.newBuilder().setPageSize(PAGE).setPageToken(token).build());
        sweeps.addAll(page.getSweepsList());
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }
    output.printer(session).list(SweepColumns.all(), sweeps);
    return ExitCodes.OK;
  }
}
