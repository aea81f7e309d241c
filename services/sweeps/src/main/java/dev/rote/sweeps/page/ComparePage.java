package dev.rote.sweeps.page;

import dev.rote.v1.DescribeTrialResponse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private static final String NOTE =
      "Of sweeps: means over the repetitions that have ended, with their 95 % intervals, at the"
          + " first label of each further axis.";

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

    static native TemplateInstance sides(SideBySide sides);
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

  /** The picture of the curves, once it is made. */
  @GET
  @Path("picture")
  public TemplateInstance picture(
      @RestQuery List<String> of, @RestQuery Optional<String> quantity) {
    List<String> names = chosen(of);
    Overlay overlay = overlay(names, chosen(quantity));
    return PictureTemplates.picture(
        new ChosenPicture.Shown(
            "/compare/curves.svg" + CompareView.asked(names, chosen(quantity)),
            PictureSize.of(overlay.figure()),
            chosen(quantity).title() + " over epochs of " + String.join(", ", overlay.names()),
            NOTE));
  }

  /** The curves over each other. */
  @GET
  @Path("curves.svg")
  @Produces(Svg.TYPE)
  public Response curves(@RestQuery List<String> of, @RestQuery Optional<String> quantity) {
    return Svg.of(overlay(chosen(of), chosen(quantity)).figure());
  }

  /** The numbers behind them. */
  @GET
  @Path("numbers")
  public TemplateInstance numbers(
      @RestQuery List<String> of, @RestQuery Optional<String> quantity) {
    return PictureTemplates.numbers(NumbersView.of(overlay(chosen(of), chosen(quantity)).figure()));
  }

  /** What is said of them, beside each other. */
  @GET
  @Path("table")
  public TemplateInstance table(@RestQuery List<String> of) {
    List<SideBySide.Column> columns = new ArrayList<>();
    for (Compared each : compared(chosen(of))) {
      columns.add(
          each.trial().isPresent()
              ? ComparedColumns.of(each.sweep(), trial(each))
              : ComparedColumns.of(each.sweep(), reports.of(each.sweep(), List.of())));
    }
    return Templates.sides(SideBySide.of(columns));
  }

  /** A sweep, or a trial of it. */
  private record Compared(Sweep sweep, OptionalLong trial) {}

  private List<Compared> compared(List<String> names) {
    List<Compared> compared = new ArrayList<>();
    for (String name : names) {
      int slash = name.indexOf('/');
      compared.add(
          slash < 0
              ? new Compared(calls.sweep(name), OptionalLong.empty())
              : new Compared(
                  calls.sweep(name.substring(0, slash)),
                  OptionalLong.of(number(name.substring(slash + 1)))));
    }
    return compared;
  }

  private Overlay overlay(List<String> names, CurvesChoice.Quantity quantity) {
    Overlay overlay = new Overlay(quantity);
    for (Compared each : compared(names)) {
      String name = each.sweep().getMetadata().getName();
      if (each.trial().isPresent()) {
        overlay.add(name + "/" + each.trial().getAsLong(), TrialView.soFar(trial(each)));
      } else {
        overlay.add(name, sweepCurves(each.sweep(), quantity));
      }
    }
    return overlay;
  }

  private Figure sweepCurves(Sweep sweep, CurvesChoice.Quantity quantity) {
    CurvesChoice choice = CurvesChoice.of(sweep, Map.of("quantity", quantity.name()));
    return reports.of(sweep, List.of(choice.figure())).getFigures(0);
  }

  private DescribeTrialResponse trial(Compared trial) {
    return calls.trial(trial.sweep(), trial.trial().orElseThrow());
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
