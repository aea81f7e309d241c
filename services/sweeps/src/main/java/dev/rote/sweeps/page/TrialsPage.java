package dev.rote.sweeps.page;

import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSummary.State;
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
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The trials of a sweep, by state and labels, a page at a time; and each of them. */
@Path("/sweeps/{sweep}/trials")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class TrialsPage {
  private static final int LINES = 100;
  private static final String AT = "at.";

  private final SweepsCalls calls;

  TrialsPage(SweepsCalls calls) {
    this.calls = calls;
  }

  /** Templates of trials. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance trials(TrialsView view);

    static native TemplateInstance trial(TrialView trial, List<ChosenPicture> examples);

    static native TemplateInstance now(TrialView trial);

    static native TemplateInstance epochs(TrialView trial);
  }

  @GET
  public TemplateInstance trials(
      @RestPath String sweep,
      @RestQuery Optional<String> state,
      @RestQuery Optional<String> from,
      @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    Map<String, String> labels = new TreeMap<>();
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (name.startsWith(AT) && !values.get(0).isEmpty()) {
                labels.put(name.substring(AT.length()), values.get(0));
              }
            });
    ListTrialsRequest.Builder request =
        ListTrialsRequest.newBuilder()
            .setSweep(found.getStatus().getSweepId())
            .setPageSize(LINES)
            .setPageToken(from.orElse(""))
            .putAllLabels(labels);
    for (State each : TrialStates.all()) {
      if (TrialStates.word(each).equals(state.orElse(""))) {
        request.addStates(each);
      }
    }
    return Templates.trials(
        TrialsView.of(found, calls.now().listTrials(request.build()), state.orElse(""), labels));
  }

  /** One trial. */
  @GET
  @Path("{index:\\d+}")
  public TemplateInstance trial(@RestPath String sweep, @RestPath long index) {
    Sweep found = calls.sweep(sweep);
    DescribeTrialResponse trial = calls.trial(found, index);
    String page = Address.of(found, index).toString();
    return Templates.trial(
        TrialView.of(found, trial),
        ExamplesChoice.of(found, Map.of()).stream()
            .map(choice -> choice.ofTrial(trial.getTrial()).form(found, page))
            .toList());
  }

  /** What changes of it while it runs. */
  @GET
  @Path("{index:\\d+}/now")
  public TemplateInstance now(@RestPath String sweep, @RestPath long index) {
    return Templates.now(view(sweep, index));
  }

  /** The numbers of its epochs. */
  @GET
  @Path("{index:\\d+}/epochs")
  public TemplateInstance epochs(@RestPath String sweep, @RestPath long index) {
    return Templates.epochs(view(sweep, index));
  }

  private TrialView view(String sweep, long index) {
    Sweep found = calls.sweep(sweep);
    return TrialView.of(found, calls.trial(found, index));
  }

  /** Its curves. */
  @GET
  @Path("{index:\\d+}/curves.svg")
  @Produces(Svg.TYPE)
  public Response curves(@RestPath String sweep, @RestPath long index) {
    DescribeTrialResponse trial = calls.trial(calls.sweep(sweep), index);
    return Svg.of(TrialCurves.of(index, TrialView.soFar(trial)));
  }

  /** That it is another, whenever it is, until it ends. */
  @GET
  @Path("{index:\\d+}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> events(
      @RestPath String sweep, @RestPath long index, @Context Sse sse) {
    return TrialEvents.of(calls, calls.sweep(sweep), index, sse);
  }
}
