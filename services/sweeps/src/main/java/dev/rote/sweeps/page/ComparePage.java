package dev.rote.sweeps.page;

import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Figure;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.Sweep;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Curves of several sweeps and trials over each other. Each is named as {@code SWEEP} or {@code
 * SWEEP/TRIAL}.
 */
@Path("/compare")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ComparePage {
  private static final int MOST = 8;
  private static final int OFFERED = 50;

  private final SweepsCalls calls;
  private final RecentReports reports;

  ComparePage(SweepsCalls calls, RecentReports reports) {
    this.calls = calls;
    this.reports = reports;
  }

  /** Templates of comparisons. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance compare(CompareView view);
  }

  @GET
  public TemplateInstance compare(
      @RestQuery List<String> of, @RestQuery Optional<String> quantity) {
    List<Sweep> offered =
        calls
            .now()
            .listSweeps(ListSweepsRequest.newBuilder().setPageSize(OFFERED).build())
            .getSweepsList();
    return Templates.compare(CompareView.of(offered, chosen(of), chosen(quantity)));
  }

  /** The curves over each other. */
  @GET
  @Path("curves.svg")
  @Produces(Svg.TYPE)
  public Response curves(@RestQuery List<String> of, @RestQuery Optional<String> quantity) {
    CurvesChoice.Quantity chosen = chosen(quantity);
    Overlay overlay = new Overlay(chosen);
    for (String name : chosen(of)) {
      int slash = name.indexOf('/');
      Sweep sweep = calls.sweep(slash < 0 ? name : name.substring(0, slash));
      if (slash < 0) {
        overlay.add(sweep.getMetadata().getName(), sweepCurves(sweep, chosen));
      } else {
        overlay.add(name, trial(sweep, name.substring(slash + 1)));
      }
    }
    return Svg.of(overlay.figure());
  }

  private Figure sweepCurves(Sweep sweep, CurvesChoice.Quantity quantity) {
    CurvesChoice choice = CurvesChoice.of(sweep, Map.of("quantity", quantity.name()));
    return reports.of(sweep, List.of(choice.figure())).getFigures(0);
  }

  private List<EpochRecord> trial(Sweep sweep, String index) {
    DescribeTrialRequest request =
        DescribeTrialRequest.newBuilder()
            .setSweep(sweep.getStatus().getSweepId())
            .setIndex(number(index))
            .build();
    return TrialView.history(calls.now().describeTrial(request));
  }

  private static long number(String index) {
    try {
      return Long.parseLong(index);
    } catch (NumberFormatException e) {
      throw new PageException(
          400, "A trial is named SWEEP/TRIAL, such as demo/3: after the / stands its number.");
    }
  }

  private static List<String> chosen(List<String> of) {
    List<String> names =
        of.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
    if (names.size() > MOST) {
      throw new PageException(
          400, "At most " + MOST + " sweeps and trials are compared, were " + names.size() + ".");
    }
    return names;
  }

  private static CurvesChoice.Quantity chosen(Optional<String> quantity) {
    return CurvesChoice.Quantity.named(quantity.orElse(""));
  }
}
