package dev.rote.sweeps.page;

import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.ListSweepsResponse;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** All sweeps, newest first, a page at a time. */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ListPage {
  private static final int LINES = 50;

  private final SweepsCalls calls;

  ListPage(SweepsCalls calls) {
    this.calls = calls;
  }

  /** Templates of the list. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance list(
        List<SweepLine> sweeps, List<String> chosen, String next, boolean first);

    static native TemplateInstance sweeps(
        List<SweepLine> sweeps, List<String> chosen, String next, boolean first);
  }

  @GET
  public TemplateInstance list(@RestQuery Optional<String> from) {
    ListSweepsResponse page = page(from);
    return Templates.list(lines(page), List.of(), page.getNextPageToken(), from.isEmpty());
  }

  /**
   * The table alone.
   *
   * @param of sweeps that are chosen to be compared, which stay so
   */
  @GET
  @Path("table")
  public TemplateInstance table(@RestQuery List<String> of, @RestQuery Optional<String> from) {
    ListSweepsResponse page = page(from);
    return Templates.sweeps(lines(page), of, page.getNextPageToken(), from.isEmpty());
  }

  private ListSweepsResponse page(Optional<String> from) {
    return calls
        .now()
        .listSweeps(
            ListSweepsRequest.newBuilder()
                .setPageSize(LINES)
                .setPageToken(from.orElse(""))
                .build());
  }

  private static List<SweepLine> lines(ListSweepsResponse page) {
    return page.getSweepsList().stream().map(SweepLine::of).toList();
  }
}
