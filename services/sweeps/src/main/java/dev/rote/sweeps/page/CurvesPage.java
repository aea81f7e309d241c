package dev.rote.sweeps.page;

import dev.rote.v1.Figure;
import dev.rote.v1.Sweep;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** Curves of a sweep that its readers choose: parts of its page. */
@Path("/sweeps/{sweep}/curves")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class CurvesPage {
  private static final String NOTE =
      "Means over the repetitions that have ended, with their 95 % intervals.";

  private final SweepsCalls calls;
  private final RecentReports reports;

  CurvesPage(SweepsCalls calls, RecentReports reports) {
    this.calls = calls;
    this.reports = reports;
  }

  /** The choice. */
  @GET
  public TemplateInstance choice(@RestPath String sweep, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    return PictureTemplates.chosen(CurvesChoice.of(found, Asked.of(uri)).form(found));
  }

  /** The picture, once it is made. */
  @GET
  @Path("picture")
  public TemplateInstance picture(@RestPath String sweep, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    CurvesChoice choice = CurvesChoice.of(found, Asked.of(uri));
    Address source =
        Address.ofSweep(found.getStatus().getSweepId(), "/curves/picture.svg")
            .with("moment", RecentReports.moment(found.getStatus()));
    return PictureTemplates.picture(
        new ChosenPicture.Shown(
            ChosenPicture.address(source, choice.fields(found)).toString(),
            PictureSize.of(figure(found, choice)),
            choice.words(),
            NOTE));
  }

  @GET
  @Path("picture.svg")
  @Produces(Svg.TYPE)
  public Response svg(@RestPath String sweep, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    return Svg.of(figure(found, CurvesChoice.of(found, Asked.of(uri))));
  }

  /** The numbers behind it. */
  @GET
  @Path("numbers")
  public TemplateInstance numbers(@RestPath String sweep, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    return PictureTemplates.numbers(
        NumbersView.of(figure(found, CurvesChoice.of(found, Asked.of(uri)))));
  }

  private Figure figure(Sweep sweep, CurvesChoice choice) {
    return Figures.named(reports.of(sweep, List.of(choice.figure())), CurvesChoice.NAME);
  }
}
