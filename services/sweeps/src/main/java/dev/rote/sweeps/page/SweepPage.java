package dev.rote.sweeps.page;

import dev.rote.v1.MapTrialsRequest;
import dev.rote.v1.Sweep;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/**
 * One sweep: where it stands, its grid, curves, claims and figures. What takes time is asked for by
 * the page once it is shown, and again when there is more.
 */
@Path("/sweeps/{sweep}")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SweepPage {
  private final SweepsCalls calls;
  private final RecentReports reports;

  SweepPage(SweepsCalls calls, RecentReports reports) {
    this.calls = calls;
    this.reports = reports;
  }

  /** Templates of a sweep. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance sweep(
        SweepView sweep, GridMap map, ChosenPicture curves, List<ChosenPicture> examples);

    static native TemplateInstance status(SweepLine line);

    static native TemplateInstance grid(String sweepId, GridMap map);

    static native TemplateInstance controls(SweepView sweep);

    static native TemplateInstance findings(Findings findings);
  }

  @GET
  public TemplateInstance page(@RestPath String sweep) {
    Sweep found = calls.sweep(sweep);
    return Templates.sweep(
        SweepView.of(found),
        map(found),
        CurvesChoice.of(found, Map.of()).form(found),
        ExamplesChoice.of(found, Map.of()).stream()
            .map(choice -> choice.form(found, Address.of(found).toString()))
            .toList());
  }

  /** The map of the grid alone. */
  @GET
  @Path("grid")
  public TemplateInstance grid(@RestPath String sweep) {
    Sweep found = calls.sweep(sweep);
    return Templates.grid(found.getStatus().getSweepId(), map(found));
  }

  /** What can be done to it now, and its failures. */
  @GET
  @Path("controls")
  public TemplateInstance controls(@RestPath String sweep) {
    return Templates.controls(SweepView.of(calls.sweep(sweep)));
  }

  /** Claims and figures, as far as they are known. */
  @GET
  @Path("findings")
  public TemplateInstance findings(@RestPath String sweep) {
    Sweep found = calls.sweep(sweep);
    String moment = RecentReports.moment(found.getStatus());
    return Templates.findings(Findings.of(reports.of(found, List.of()), moment));
  }

  /** A figure of the sweep. */
  @GET
  @Path("figures/{name}/figure.svg")
  @Produces(Svg.TYPE)
  public Response figure(@RestPath String sweep, @RestPath String name) {
    return Svg.of(Figures.named(reports.of(calls.sweep(sweep), List.of()), name));
  }

  /** Where it stands, whenever that changes, until it ends. */
  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> events(@RestPath String sweep, @Context Sse sse) {
    Sweep found = calls.sweep(sweep);
    return SweepEvents.of(calls, found, sse);
  }

  private GridMap map(Sweep sweep) {
    MapTrialsRequest request =
        MapTrialsRequest.newBuilder().setSweep(sweep.getStatus().getSweepId()).build();
    return GridMap.of(sweep, calls.now().mapTrials(request).getStates().toByteArray());
  }
}
