package dev.rote.sweeps.page;

import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.OptionalLong;

/** Pictures of examples by a score, for the pages of sweeps and of trials. */
@Singleton
class ExamplePictures {
  private final RecentReports reports;

  ExamplePictures(RecentReports reports) {
    this.reports = reports;
  }

  /**
   * What a reader asked for.
   *
   * @throws PageException with status 404 when the sweep scores no examples
   */
  static ExamplesChoice choice(Sweep sweep, UriInfo uri) {
    return ExamplesChoice.of(sweep, Asked.of(uri))
        .orElseThrow(
            () -> new PageException(404, "No measurement of the sweep scores single examples."));
  }

  /**
   * The pictures.
   *
   * @param trial whose scores they are sorted by; empty: means over repetitions
   * @param base address of the page that they stand on
   */
  TemplateInstance gallery(Sweep sweep, ExamplesChoice choice, OptionalLong trial, Address base) {
    Report report = reports.of(sweep, List.of(choice.figure()), trial);
    return PictureTemplates.gallery(
        GalleryView.of(Figures.named(report, ExamplesChoice.NAME), choice, sweep, base.toString()));
  }
}
